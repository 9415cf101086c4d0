package import Core
import Operations

/// The ways to sign in here, by domain.
package struct AuthPlugins: Sendable {
  private var byDomain: [AuthDomain: [any AuthPlugin]] = [:]

  package init() {}

  /// The one of this name takes the place of an earlier one in its domains.
  package mutating func register(_ plugin: some AuthPlugin) {
    for domain in plugin.domains {
      byDomain[domain, default: []].removeAll { $0.name == plugin.name }
      byDomain[domain, default: []].append(plugin)
    }
  }

  package var domains: [AuthDomain] { byDomain.keys.sorted { $0.text < $1.text } }

  /// Whether there is a way of this name that leads elsewhere, in whichever domain.
  func knows(_ name: String) -> Bool {
    byDomain.values.contains { $0.contains { $0.name == name && $0.isElsewhere } }
  }

  /// Whose domain counts: that of the address where it is one here, so that nobody goes around the way of his house;
  /// else the one that is asked for, or the standard one.
  package func domain(_ asked: AuthDomain?, of email: EmailAddress? = nil) throws(Failure) -> AuthDomain {
    if let asked, byDomain[asked] == nil {
      throw .invalid("domain", "is none of \(domains.map(\.text).joined(separator: ", "))", rule: "enum")
    }
    let own = email?.text.split(separator: "@").last.map { AuthDomain(unchecked: String($0)) }
    return own.flatMap { byDomain[$0] == nil ? nil : $0 } ?? asked ?? .standard
  }

  package func plugins(in domain: AuthDomain) -> [any AuthPlugin] {
    (byDomain[domain] ?? []).sorted { $0.name < $1.name }
  }

  /// The domain's plugin of this kind and name; `FORBIDDEN` where its people sign in by other ways.
  func plugin<Plugin: AuthPlugin>(_ type: Plugin.Type, named name: String, in domain: AuthDomain) throws(Failure)
    -> Plugin
  {
    guard let plugin = byDomain[domain]?.first(where: { $0.name == name }) as? Plugin else {
      throw Failure(
        .forbidden, "People of this domain sign in by another way.",
        details: [
          "domain": .string(domain.text), "methods": .array(plugins(in: domain).map { .string($0.name) }),
        ])
    }
    return plugin
  }
}
