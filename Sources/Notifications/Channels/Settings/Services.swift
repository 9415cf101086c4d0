package import Core
package import Operations
import Postgres
import Secrets
import Synchronization

/// Which service takes a hospital's messages on which channel, and with whose requests: a hospital's own, kept sealed,
/// by requests that stay out of the house's network; or the platform's.
package final class Services: Sendable {
  package struct Service: Sendable {
    package let provider: ChannelProvider
    package let calls: OutsideCalls
    /// Whether the hospital chose it.
    package let isOwn: Bool
  }

  /// The hospital's own choice by channel: a service, none (switched off), or one that cannot be read.
  private typealias Own = [ChannelKind: Result<Service?, SealError>]

  private struct Known: Sendable {
    let own: Own
    let readAt: ContinuousClock.Instant
  }

  private let executor: Executor
  private let providers: [ChannelKind: ChannelProvider]
  private let platformCalls: OutsideCalls
  private let tenantCalls: OutsideCalls
  private let rests = ServiceRests()
  private let known = Mutex<[HospitalID: Known]>([:])

  package init(
    executor: Executor, platform: [ChannelProvider], platformCalls: OutsideCalls, tenantCalls: OutsideCalls
  ) {
    self.executor = executor
    providers = Dictionary(platform.map { ($0.kind, $0) }, uniquingKeysWith: { first, _ in first })
    self.platformCalls = platformCalls
    self.tenantCalls = tenantCalls
  }

  /// The platform's; nil where there is none.
  package func platform(_ kind: ChannelKind) -> Service? {
    providers[kind].map {
      Service(provider: $0, calls: rests.guarding(platformCalls, of: .init(nil, kind)), isOwn: false)
    }
  }

  /// What counts for a hospital; a second old at most. Throws ``SealError`` for a service whose key is missing, and for
  /// that one alone: the other channels go on.
  package func service(_ kind: ChannelKind, for hospital: HospitalID) async throws -> Service? {
    try await service(kind, for: hospital) { try await self.read(hospital) }
  }

  /// The same inside of a transaction of the hospital, on its connection.
  package func service(_ kind: ChannelKind, for hospital: HospitalID, _ call: WriteCall) async throws -> Service? {
    try await service(kind, for: hospital) { try await self.read(hospital, call) }
  }

  private func service(
    _ kind: ChannelKind, for hospital: HospitalID, _ read: () async throws -> Own
  ) async throws -> Service? {
    if let recent = known.withLock({ $0[hospital] }), ContinuousClock.now - recent.readAt < .seconds(1) {
      return try choice(kind, of: recent.own)
    }
    let own = try await read()
    known.withLock { known in
      if known.count > 1000 { known.removeAll() }
      known[hospital] = Known(own: own, readAt: .now)
    }
    return try choice(kind, of: own)
  }

  private func choice(_ kind: ChannelKind, of own: Own) throws -> Service? {
    guard let choice = own[kind] else { return platform(kind) }
    return try choice.get()
  }

  /// The hospital's own alone, by which its callbacks are signed.
  package func own(_ kind: ChannelKind, of hospital: HospitalID) async throws -> Service? {
    try await read(hospital)[kind]?.get()
  }

  /// A key without a service is a channel that is switched off.
  private func read(_ hospital: HospitalID) async throws -> Own {
    try await executor.system(in: hospital) { call in try await self.read(hospital, call) }
  }

  private func read(_ hospital: HospitalID, _ call: WriteCall) async throws -> Own {
    var own: Own = [:]
    for row in try await call.transaction.query(ServiceQueries.settings(of: hospital)) {
      guard let kind = ChannelKind(rawValue: try row.decode("kind")) else { continue }
      switch try row.decode("mode", as: String.self) {
      case "off": own[kind] = .success(nil)
      case "own":
        let sealed = try row.decode("sealed", as: [UInt8].self)
        do {
          let text = try executor.secrets.openText(
            sealed, for: .channelService, place: ServiceQueries.place(of: kind, in: hospital))
          own[kind] = .success(
            Service(
              provider: try ChannelProvider(text), calls: rests.guarding(tenantCalls, of: .init(hospital, kind)),
              isOwn: true))
        } catch let error as SealError {
          own[kind] = .failure(error)
        } catch is ChannelProvider.Mistake {
          // An earlier version took an address that is none: nothing goes there, and the other channels go on.
          own[kind] = .success(nil)
        }
      default: continue
      }
    }
    return own
  }
}
