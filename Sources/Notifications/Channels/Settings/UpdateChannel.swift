import Core
package import Operations
import Postgres
import Secrets

/// Says whose service takes the hospital's messages on a channel; what is kept of it is sealed and never shown again.
package struct UpdateChannel: JoinedOperation {
  package let kind: ServiceKind
  package let version: ChannelVersion
  package let mode: ServiceMode
  /// Needed the first time that the mode is `own`.
  package let url: ProviderURL?

  package static let contract = Contract(
    name: "channels.update", route: .put("/channels/{kind}"), summary: "Choose the service of a channel",
    message: "The channel is changed.", access: .permission(.manageHospital), limit: .standard, mode: .write,
    audit: .row(action: "channel_updated", category: .tenancy), cache: .never, answersWithSecret: true)

  package func run(_ call: inout WriteCall, _ platform: PlatformServices) async throws -> ChannelState {
    let hospital = try call.hospital.id
    let channel = kind.channel
    let settings = try await call.transaction.query(ServiceQueries.settings(of: hospital))
    let before = try settings.first { try $0.decode("kind", as: String.self) == kind.rawValue }
    let provider = try provider()
    let own = try provider?.name ?? before?.decode("provider", as: String?.self)
    if mode == .own, own == nil {
      throw Failure.invalid("url", "is needed for a service of your own", rule: "required")
    }
    let sealed = try provider.map { _ in
      try call.secrets.seal(
        url?.text ?? "", for: .channelService, place: ServiceQueries.place(of: channel, in: hospital))
    }
    let kept = try await call.transaction.query(
      ServiceQueries.keep(
        channel, mode: mode.rawValue, provider: provider?.name, sealed: sealed, version: version.value, in: hospital))
    guard let row = kept.first else {
      throw Failure(.conflict, "Somebody has changed it meanwhile. Look at it again.")
    }
    call.audit.details = ["kind": .string(kind.rawValue), "mode": .string(mode.rawValue)]
    return ChannelState(
      kind: kind, mode: mode, own: own, platform: platform.names[channel], version: try row.decode("version"))
  }

  private func provider() throws(Failure) -> ChannelProvider? {
    guard let url else { return nil }
    let provider: ChannelProvider
    do { provider = try ChannelProvider(url.text) } catch { throw .invalid("url", error.text, rule: "format") }
    guard provider.kind == kind.channel else {
      throw .invalid("url", "is a service for \(provider.kind.rawValue)", rule: "kind")
    }
    return provider
  }
}
