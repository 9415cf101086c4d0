import Core
package import Operations
import Postgres
import Secrets

/// Which services take the hospital's messages; of their secrets nothing.
package struct ListChannels: ServedOperation {
  package static let contract = Contract(
    name: "channels.list", route: .get("/channels"), summary: "Which services take our messages?",
    message: "The channels.", access: .permission(.manageHospital), limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .tenancy), cache: .never)

  package struct Output: Record {
    package let channels: [ChannelState]
  }

  package func run(_ call: ReadCall, _ platform: PlatformServices) async throws -> Output {
    let hospital = try call.hospital.id
    var rows: [ChannelKind: Row] = [:]
    for row in try await call.rows(ServiceQueries.settings(of: hospital)) {
      if let kind = ChannelKind(rawValue: try row.decode("kind")) { rows[kind] = row }
    }
    return Output(
      channels: try ServiceKind.allCases.map { kind in
        let row = rows[kind.channel]
        return ChannelState(
          kind: kind, mode: try row.flatMap { ServiceMode(rawValue: try $0.decode("mode")) } ?? .platform,
          own: try row?.decode("provider", as: String?.self), platform: platform.names[kind.channel],
          version: try row?.decode("version") ?? 0)
      })
  }
}

/// The platform's services by name, for whoever may know which there are.
package struct PlatformServices: Sendable {
  package let names: [ChannelKind: String]

  package init(_ providers: [ChannelProvider] = []) {
    names = Dictionary(providers.map { ($0.kind, $0.name) }, uniquingKeysWith: { first, _ in first })
  }
}

/// One channel as its hospital's administrators see it.
package struct ChannelState: Record {
  package let kind: ServiceKind
  package let mode: ServiceMode
  /// The service that takes messages now; nil where none does.
  package let provider: ProviderName?
  package let hasOwn: Bool
  package let isConfigured: Bool
  package let version: ChannelVersion

  init(kind: ServiceKind, mode: ServiceMode, own: String?, platform: String?, version: Int64) {
    self.kind = kind
    self.mode = mode
    let name: String? =
      switch mode {
      case .own: own
      case .platform: platform
      case .off: nil
      }
    provider = name.map { ProviderName(unchecked: $0) }
    hasOwn = own != nil
    isConfigured = name != nil
    self.version = ChannelVersion(unchecked: version)
  }

  package struct ProviderName: TextPrimitive {
    package let text: String
    package init(unchecked text: String) { self.text = text }
    package static var lengths: ClosedRange<Int> { 1...30 }
    package static var sample: String { "twilio" }
  }
}

/// The channels that need a service.
package enum ServiceKind: String, ChoicePrimitive {
  case push, sms, whatsapp

  package var channel: ChannelKind {
    switch self {
    case .push: .push
    case .sms: .sms
    case .whatsapp: .whatsapp
    }
  }
}

/// Whose service takes the messages.
package enum ServiceMode: String, ChoicePrimitive { case own, platform, off }

/// How often a channel's settings were changed; 0 where there are none yet.
package struct ChannelVersion: IntegerPrimitive {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var range: ClosedRange<Int64> { 0...Int64(Int32.max) }
}

/// A service as one URL; never shown.
package struct ProviderURL: TextPrimitive, CustomStringConvertible {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 8...1000 }
  package static var sample: String { "twilio://SID:TOKEN@api.twilio.com?from=%2B493012345" }
  package var description: String { "•••" }
}
