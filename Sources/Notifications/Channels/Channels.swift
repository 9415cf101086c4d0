package import Core
package import Operations
import Synchronization

/// The ways out that this Ward has, one of each kind.
package struct Channels: Sendable {
  private let all: [ChannelKind: any Channel]

  package init(_ channels: [any Channel]) {
    all = Dictionary(channels.map { ($0.kind, $0) }, uniquingKeysWith: { first, _ in first })
  }

  package subscript(kind: ChannelKind) -> (any Channel)? { all[kind] }

  /// On which of them messages of this hospital can go.
  package func configured(for hospital: HospitalID, _ call: WriteCall) async throws -> Set<ChannelKind> {
    var kinds: Set<ChannelKind> = []
    for channel in all.values where try await channel.isConfigured(for: hospital, call) { kinds.insert(channel.kind) }
    return kinds
  }
}

extension ChannelKind {
  /// Those that leave Ward.
  package static let outside: [ChannelKind] = [.push, .email, .sms, .whatsapp]
}

/// The channels for operations, which are registered before there is anything to send with; connected once.
package final class ChannelDesk: Sendable {
  private let channels = Mutex(Channels([]))

  package init() {}

  package func connect(_ channels: Channels) { self.channels.withLock { $0 = channels } }

  /// On which channels messages of this hospital can go.
  func configured(for hospital: HospitalID, _ call: WriteCall) async throws -> Set<ChannelKind> {
    try await channels.withLock { $0 }.configured(for: hospital, call)
  }
}
