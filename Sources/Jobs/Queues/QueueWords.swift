package import Core

/// The name of a queue that exists.
package struct QueueName: Primitive, Hashable {
  package let text: String

  private static let names = JobQueue.all.map(\.name)
  package static var schema: JSONSchema { .choice(names) }
  package static var example: QueueName { QueueName(text: names.first ?? "") }
  package var json: JSONValue { .string(text) }

  private init(text: String) { self.text = text }

  package init(json: JSONValue) throws(InvalidValue) {
    guard case .string(let text) = json else { throw InvalidValue("must be a string, not \(json.kind)", rule: "type") }
    guard Self.names.contains(text) else {
      throw InvalidValue("must be one of \(Self.names.joined(separator: ", "))", rule: "enum")
    }
    self.text = text
  }
}

/// What a job is doing.
package enum JobState: String, ChoicePrimitive { case waiting, delayed, running, dead, done }

/// How many there are.
package struct JobCount: IntegerPrimitive {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var range: ClosedRange<Int64> { 0...10_000 }
}
