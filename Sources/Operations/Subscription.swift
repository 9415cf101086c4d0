package import Core

/// Something that a client hears of as it happens: a value whose properties are the input, with the contract that an
/// operation has. Which events it brings depends on the rooms that the caller may be in.
package protocol Subscription: Decodable, Sendable {
  static var contract: Contract { get }
  /// The schema of one message.
  static var output: JSONSchema { get }
  /// The hospital of the call, where no header names one.
  var hospitalId: HospitalID? { get }
  /// The last message that the client has got; it is told what came after.
  var lastEventId: EventNumber? { get }
  static func includes(event name: String) -> Bool
  static func rooms(of caller: Caller) -> [Room]
}

/// The number of an event in its hospital's log, as the text that it is in `id:` and `Last-Event-ID`.
package struct EventNumber: Primitive, Hashable {
  package let value: Int64
  package static var schema: JSONSchema { .string(minimum: 1, maximum: 19, pattern: "^[0-9]+$", example: "42") }
  package static var example: EventNumber { EventNumber(value: 0) }
  package var json: JSONValue { .string(String(value)) }

  private init(value: Int64) { self.value = value }

  package init(json: JSONValue) throws(InvalidValue) {
    guard case .string(let text) = json else { throw InvalidValue("must be a string, not \(json.kind)", rule: "type") }
    guard text.utf8.allSatisfy({ (48...57).contains($0) }), let value = Int64(text) else {
      throw InvalidValue("must be the number of an event", rule: "format")
    }
    self.value = value
  }
}

/// One registered subscription with its types erased.
package struct RegisteredSubscription: Sendable {
  package let contract: Contract
  package let input: JSONSchema
  package let output: JSONSchema
  fileprivate let read: @Sendable (JSONValue) throws(Failure) -> any Subscription

  init<S: Subscription>(_ type: S.Type) {
    contract = S.contract
    input = InputDecoder.schema(of: S.self, closed: true)
    output = S.output
    read = { json throws(Failure) in try InputDecoder.decode(type, from: json) }
  }
}

extension Executor {
  /// Takes a subscription the way of every call, up to the point where its stream begins.
  package func subscribe(
    _ subscription: RegisteredSubscription, input: Result<JSONValue, Failure>, credentials: Credentials,
    origin: RequestOrigin
  ) async throws(Failure) -> (subscription: any Subscription, caller: Caller) {
    let started = ContinuousClock.now
    var caller: Caller?
    do {
      try await admit(subscription.contract, input: input, credentials, origin, &caller)
      let found = try subscription.read(try input.get())
      guard let caller, let hospital = caller.hospital else { throw Failure.signInFirst }
      guard found.hospitalId == nil || found.hospitalId == hospital.id else {
        throw Failure.invalid("hospitalId", "is not the hospital that the request names", rule: "exclusive")
      }
      observer.finished(subscription.contract.name, nil, ContinuousClock.now - started)
      return (found, caller)
    } catch {
      throw await refused(error, subscription.contract, caller: caller, origin: origin, since: started)
    }
  }
}
