import Configuration
import FoundationEssentials
package import Secrets

/// Everything that the environment decides, read and checked once at start.
package struct Settings: Sendable {
  package enum Environment: String, Sendable { case development, staging, production }

  package var environment = Environment.development
  package var database = DatabaseSettings()
  package var sockets = SocketSettings()
  package var mail = MailSettings()
  package var cache = CacheSettings()
  package var channels = ChannelSettings()
  package var payments = PaymentSettings()
  package var video = VideoSettings()
  package var trustedProxies: [AddressRange] = []
  package var publicURL: String?
  package var secretKey = Settings.developmentSecret
  /// Keys that were in use before; what they sealed is still opened.
  package var earlierSecretKeys: [String] = []
  /// How long a signed access token is good.
  package var accessTokenSeconds: Int64 = 86_400
  package var outside = ProviderSettings()
  package var watch = WatchSettings()
  package var retention = RetentionSettings()
  package var broker = BrokerSettings()
  package var rateLimits = true
  /// Whether commits are told to sleepers at once; off leaves them to the look once a second, for measurements.
  package var notices = true
  package var logLevel = "info"
  /// Whether each call that is made as somebody leaves a line of category AUTH.
  package var authLog = true

  static let developmentSecret = "ward-development-secret"

  static let names: Set<String> = [
    "WARD_ENVIRONMENT", "WARD_DATABASE_URL", "WARD_DATABASE_OWNER_URL", "WARD_DATABASE_DIRECT_URL",
    "WARD_DATABASE_POOL_MINIMUM", "WARD_DATABASE_POOL_MAXIMUM", "WARD_DATABASE_CONNECT_TIMEOUT_SECONDS",
    "WARD_DATABASE_ACQUIRE_TIMEOUT_SECONDS", "WARD_DATABASE_IDLE_TIMEOUT_SECONDS",
    "WARD_DATABASE_START_TIMEOUT_SECONDS", "WARD_TRUSTED_PROXIES", "WARD_PUBLIC_URL", "WARD_SECRET_KEY",
    "WARD_SECRET_KEYS_EARLIER", "WARD_JWT_EXPIRES_IN_SECONDS", "WARD_SIGN_IN_PROVIDERS", "WARD_TOKEN_ISSUERS",
    "WARD_OWN_DOMAINS",
    "WARD_RATE_LIMITS", "WARD_NOTICES", "WARD_LOG_LEVEL", "WARD_AUTH_LOG", "WARD_SOCKET_PING_INTERVAL_SECONDS",
    "WARD_SOCKET_PING_TIMEOUT_SECONDS", "WARD_SOCKET_OUTBOUND_BYTES", "WARD_SMTP_URL", "WARD_MAIL_FROM",
    "WARD_REDIS_URL", "WARD_REDIS_CONNECTIONS", "WARD_REDIS_TIMEOUT_MILLISECONDS", "WARD_CACHE_MEMORY_MEBIBYTES",
    "WARD_WATCH", "WARD_WATCH_SECONDS", "WARD_AMQP_URL", "WARD_KEEP_NOTIFICATIONS_DAYS", "WARD_KEEP_MESSAGES_DAYS",
    "WARD_WEBHOOK_PRIVATE", "WARD_SMS_URL", "WARD_PUSH_URL", "WARD_WHATSAPP_URL",
    "WARD_PAYMENTS_URL", "WARD_VIDEO_URL",
  ]

  /// Reads the environment; throws every problem at once, a line each.
  package init(environment values: [String: String] = ProcessInfo.processInfo.environment) throws(SettingsError) {
    var problems = values.keys.filter { $0.hasPrefix("WARD_") && !Self.names.contains($0) }.sorted()
      .map { "\($0) is not a setting of Ward." }
    let config = ConfigReader(provider: EnvironmentVariablesProvider(environmentVariables: values)).scoped(to: "ward")
    if let word = config.string(forKey: "environment") {
      if let known = Environment(rawValue: word) {
        environment = known
      } else {
        problems.append("WARD_ENVIRONMENT must be development, staging or production.")
      }
    }
    database = DatabaseSettings(config.scoped(to: "database"), environment: environment, &problems)
    sockets = SocketSettings(config.scoped(to: "socket"), &problems)
    mail = MailSettings(config, &problems)
    cache = CacheSettings(config, &problems)
    channels = ChannelSettings(config, &problems)
    payments = PaymentSettings(config, &problems)
    video = VideoSettings(config, &problems)
    publicURL = config.string(forKey: "public.url")
    if let publicURL, URL(string: publicURL)?.host() == nil { problems.append("WARD_PUBLIC_URL must be a URL.") }
    for part in (config.string(forKey: "trusted.proxies") ?? "").split(separator: ",") {
      if let range = AddressRange(part) {
        trustedProxies.append(range)
      } else {
        problems.append("WARD_TRUSTED_PROXIES must be addresses or ranges such as 10.0.0.0/8, separated by commas.")
      }
    }
    secretKey = config.string(forKey: "secret.key", isSecret: true) ?? Self.developmentSecret
    earlierSecretKeys = (config.string(forKey: "secret.keys.earlier", isSecret: true) ?? "").split(separator: ",")
      .map(String.init)
    if let text = config.string(forKey: "jwt.expires.in.seconds") {
      if let seconds = Int64(text), (60...2_592_000).contains(seconds) {
        accessTokenSeconds = seconds
      } else {
        problems.append("WARD_JWT_EXPIRES_IN_SECONDS must be a whole number from 60 to 2592000.")
      }
    }
    outside = ProviderSettings(config, publicURL: publicURL, &problems)
    rateLimits = Self.isOn("rate.limits", config, environment, &problems)
    watch = WatchSettings(config, &problems)
    retention = RetentionSettings(config, &problems)
    broker = BrokerSettings(config, &problems)
    notices = Self.isOn("notices", config, environment, &problems)
    if let level = config.string(forKey: "log.level") {
      if !["error", "warning", "info", "debug"].contains(level) {
        problems.append("WARD_LOG_LEVEL must be error, warning, info or debug.")
      }
      logLevel = level
    }
    let word = config.string(forKey: "auth.log") ?? "on"
    if !["on", "off"].contains(word) { problems.append("WARD_AUTH_LOG must be on or off.") }
    authLog = word == "on" && ["info", "debug"].contains(logLevel)
    if environment == .production { problems += productionProblems }
    guard problems.isEmpty else { throw SettingsError(problems: problems) }
  }

  /// `on` unless it says `off`, which is for development only.
  private static func isOn(
    _ key: String, _ config: ConfigReader, _ environment: Environment, _ problems: inout [String]
  ) -> Bool {
    guard let word = config.string(forKey: .init(key)) else { return true }
    let name = "WARD_" + key.uppercased().split(separator: ".").joined(separator: "_")
    if !["on", "off"].contains(word) { problems.append("\(name) must be on or off.") }
    if word == "off", environment != .development { problems.append("\(name)=off is for development only.") }
    return word != "off"
  }

  package var keyRing: KeyRing { KeyRing(newest: secretKey, earlier: earlierSecretKeys) }

  private var productionProblems: [String] {
    var problems: [String] = []
    if secretKey == Self.developmentSecret || secretKey.utf8.count < 32 {
      problems.append("WARD_SECRET_KEY must be set in production, to 32 characters or more.")
    }
    return problems
  }
}

/// The settings are wrong; the start stops.
package struct SettingsError: Error, Sendable, CustomStringConvertible {
  package let problems: [String]
  package var description: String { problems.joined(separator: "\n") }
}
