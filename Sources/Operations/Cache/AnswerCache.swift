package import Cache
import Core
import Crypto
import Postgres
package import Secrets

/// The answers that are kept: what the executor asks before it runs an operation whose contract says so.
///
/// By then the limits have been counted and the permission checked. A key is the hash of all that decides the answer:
/// operation, hospital, input, the caller's rights (or the caller), and the versions of the tables.
package final class AnswerCache: Sendable {
  package let layers: LayeredCache
  package let versions: TopicVersions
  private let made = MadeValues()
  private let isOn: Bool

  package init(layers: LayeredCache, versions: TopicVersions, isOn: Bool = true) {
    self.layers = layers
    self.versions = versions
    self.isOn = isOn
  }

  /// Values in Redis are sealed, bound to their key.
  package static func sealing(_ secrets: KeyRing) -> LayeredCache.Sealing {
    LayeredCache.Sealing(
      seal: { bytes, place in try? secrets.seal(bytes, for: .keptAnswer, place: place) },
      open: { bytes, place in try? secrets.open(bytes, for: .keptAnswer, place: place) })
  }

  /// The kept answer, or the one that `run` makes.
  func answer(_ invocation: Invocation, _ run: () async throws -> any Answer) async throws -> any Answer {
    guard isOn, case .lasts(let life, let topics, let audience) = invocation.contract.cache,
      let key = try await key(of: invocation, topics, audience)
    else { return try await run() }
    let stored = try await layers.value(key, seconds: life.seconds) { try KeptAnswer(await run()).stored }
    guard let answer = KeptAnswer(stored) else { throw Failure.internalFault }
    return answer
  }

  /// What one row says under this name, as long as the row stays as it is.
  func row(
    _ name: [String], in hospital: HospitalID, _ life: CacheLife, _ transaction: Transaction,
    _ open: () async throws -> [UInt8]
  ) async throws -> [UInt8] {
    guard isOn, let version = try await versions.versions(of: [], in: hospital, transaction) else {
      return try await open()
    }
    let key = Self.key(hospital, name + version.map { String($0) })
    return try await layers.value(key, seconds: life.seconds) { try await open() }
  }

  /// What was made of rows under this name, as long as nothing changes in their tables.
  func value<Value: Sendable>(
    _ name: String, of topics: [String], in hospital: HospitalID, _ transaction: Transaction,
    _ make: () async throws -> Value
  ) async throws -> Value {
    guard isOn, let versions = try await versions.versions(of: topics, in: hospital, transaction) else {
      return try await make()
    }
    let name = MadeValues.Name(hospital: hospital, name: name)
    if let value = made.value(name, versions) as? Value { return value }
    let value = try await make()
    made.keep(name, versions, value)
    return value
  }

  private func key(
    of invocation: Invocation, _ topics: Set<CacheTopic>, _ audience: CacheRule.Audience
  ) async throws -> String? {
    let caller = invocation.caller
    let hospital = audience == .everybody ? nil : caller?.hospital?.id
    let names = topics.map(\.rawValue).sorted()
    guard let versions = try await versions.versions(of: names, in: hospital) else { return nil }
    var parts =
      [invocation.contract.name, invocation.input.encoded] + zip(names, versions.dropFirst()).map { "\($0) \($1)" }
    parts.append("\(versions.first ?? 0)")
    if audience != .everybody, let caller {
      parts.append(caller.permissions.list.map(\.rawValue).joined(separator: " "))
      parts.append(
        "\(caller.kind.rawValue) \(caller.role ?? "") \(caller.isBoundToDepartment ? caller.departmentID?.text ?? "-" : "")"
      )
    }
    if audience == .samePerson { parts.append(caller?.actorID.text ?? "") }
    return Self.key(hospital, parts)
  }

  /// Nothing of what was asked can be read from a key but the hospital's id.
  private static func key(_ hospital: HospitalID?, _ parts: [String]) -> String {
    var hash = SHA256()
    for part in parts {
      hash.update(data: Array("\(part.utf8.count):".utf8))
      hash.update(data: Array(part.utf8))
    }
    let digits = hash.finalize().prefix(20).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    return "ward:{\(hospital?.text ?? "all")}:answer:\(digits)"
  }
}
