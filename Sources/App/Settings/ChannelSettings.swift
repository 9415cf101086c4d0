import Configuration
package import Notifications

/// By which services messages and events leave.
package struct ChannelSettings: Sendable {
  /// Whether tenants may name addresses in the house's own network.
  package var allowsPrivate = false
  /// The platform's services, one of each kind.
  package var providers: [ChannelProvider] = []

  init() {}

  init(_ config: ConfigReader, _ problems: inout [String]) {
    if let word = config.string(forKey: "webhook.private") {
      if word != "allow", word != "refuse" { problems.append("WARD_WEBHOOK_PRIVATE must be allow or refuse.") }
      allowsPrivate = word == "allow"
    }
    for (key, kind) in [("sms.url", ChannelKind.sms), ("push.url", .push), ("whatsapp.url", .whatsapp)] {
      guard let text = config.string(forKey: .init(key), isSecret: true) else { continue }
      let name = "WARD_" + key.uppercased().replacing(".", with: "_")
      do {
        let provider = try ChannelProvider(text)
        if provider.kind != kind { problems.append("\(name) is a service for \(provider.kind.rawValue).") }
        providers.append(provider)
      } catch { problems.append("\(name) \(error.text).") }
    }
  }

  var services: PlatformServices { PlatformServices(providers) }
  var webhookRules: WebhookRules { WebhookRules(allowsPrivate: allowsPrivate) }
}
