import Configuration
import Core
import FoundationEssentials
package import Identity

/// Whose accounts and tokens are taken here besides Ward's own.
package struct ProviderSettings: Sendable {
  package var providers: [Provider] = []
  package var issuers: [ForeignIssuers.Issuer] = []
  /// Whose people sign in with a password or a code that Ward sends.
  package var ownDomains: Set<AuthDomain> = [.standard]

  init() {}

  init(_ config: ConfigReader, publicURL: String?, _ problems: inout [String]) {
    for each in Self.list("sign.in.providers", config, &problems) {
      do { providers.append(try Provider(each)) } catch {
        problems.append("WARD_SIGN_IN_PROVIDERS: \(error.text).")
      }
    }
    for each in Self.list("token.issuers", config, &problems) {
      do { issuers.append(try ForeignIssuers.Issuer(each)) } catch {
        problems.append("WARD_TOKEN_ISSUERS: \(error.text).")
      }
    }
    if let text = config.string(forKey: "own.domains") {
      let domains = text.split(separator: ",").map { try? AuthDomain(String($0)) }
      if domains.isEmpty || domains.contains(nil) {
        problems.append("WARD_OWN_DOMAINS must be names of domains, separated by commas.")
      }
      ownDomains = Set(domains.compactMap(\.self))
    }
    if !providers.isEmpty, publicURL == nil {
      problems.append("WARD_SIGN_IN_PROVIDERS needs WARD_PUBLIC_URL, to which providers send people back.")
    }
    if Set(providers.map(\.name)).count < providers.count {
      problems.append("WARD_SIGN_IN_PROVIDERS has a name twice.")
    }
  }

  /// The ways to sign in, by domain: Ward's own and other providers'.
  func plugins(_ providers: Providers) -> AuthPlugins {
    var plugins = AuthPlugins()
    plugins.register(PasswordPlugin(domains: ownDomains))
    plugins.register(EmailCodePlugin(domains: ownDomains))
    for plugin in providers.plugins { plugins.register(plugin) }
    return plugins
  }

  /// A JSON array, or `@` and the path of a file that holds one.
  private static func list(_ key: String, _ config: ConfigReader, _ problems: inout [String]) -> [JSONValue] {
    guard let text = config.string(forKey: .init(key), isSecret: true) else { return [] }
    let name = "WARD_" + key.uppercased().split(separator: ".").joined(separator: "_")
    var bytes = Array(text.utf8)
    if text.hasPrefix("@") {
      guard let data = try? Data(contentsOf: URL(filePath: String(text.dropFirst()))), data.count <= 1 << 20 else {
        problems.append("\(name) names a file that cannot be read.")
        return []
      }
      bytes = Array(data)
    }
    guard let value = try? JSONParser.parse(bytes), case .array(let items) = value else {
      problems.append("\(name) must be a JSON array, or @ and the path of a file with one.")
      return []
    }
    return items
  }
}
