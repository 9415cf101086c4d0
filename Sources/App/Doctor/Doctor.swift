import Broker
import Cache
import Core
package import Logging

/// `ward doctor`: looks at everything that Ward needs and uses, and says in a line each how it is and what to do. It
/// changes nothing but that RabbitMQ gets its queues, as at a start. Each part is waited for a few seconds at most.
package struct Doctor: Sendable {
  /// Quorum queues with a limit of deliveries and dead letters as Ward declares them.
  static let oldestRabbit = VersionNumber(3, 10)
  /// `UNLINK`.
  static let oldestRedis = VersionNumber(4)

  private let settings: Settings
  private let dataFolder: String
  private let logger: Logger
  private let say: @Sendable (String) -> Void

  package init(settings: Settings, dataFolder: String, logger: Logger, say: @escaping @Sendable (String) -> Void) {
    self.settings = settings
    self.dataFolder = dataFolder
    self.logger = logger
    self.say = say
  }

  /// Throws ``Stopped`` when something is not well, so that the command ends with status 1.
  package func run() async throws {
    var findings = [secret]
    findings += await DatabaseDoctor(settings: settings.database, dataFolder: dataFolder, logger: logger).findings()
    findings += [await redis(), await rabbit(), mail]
    for finding in findings { say(finding.line) }
    let ill = findings.count { $0.state == .ill }
    guard ill == 0 else { throw Stopped(lines: [ill == 1 ? "One part is not well." : "\(ill) parts are not well."]) }
    say("Ward can work.")
  }

  private var secret: Finding {
    settings.secretKey == Settings.developmentSecret
      ? Finding("secret key", .advice, "The development value, which everybody knows. Set WARD_SECRET_KEY.")
      : Finding("secret key", .well, "Set; \(settings.earlierSecretKeys.count) earlier ones are known.")
  }

  private var mail: Finding {
    settings.mail.server == nil
      ? Finding("mail", .advice, "WARD_SMTP_URL is not set: letters are kept, not sent.")
      : Finding("mail", .well, "Set; whether the server takes letters shows when one is sent.")
  }

  private func redis() async -> Finding {
    guard let redis = settings.cache.redis else {
      return Finding("redis", .unused, "WARD_REDIS_URL is not set: PostgreSQL does its work.")
    }
    do {
      return Self.judge("redis", "Redis", try await RedisCheckup.look(at: redis), Self.oldestRedis, "")
    } catch {
      return Finding("redis", .ill, "\(error). Ward serves without it, more slowly. Look at WARD_REDIS_URL.")
    }
  }

  private func rabbit() async -> Finding {
    guard let address = settings.broker.address else {
      return Finding("rabbitmq", .unused, "WARD_AMQP_URL is not set: jobs travel through PostgreSQL alone.")
    }
    do {
      let (version, waiting) = try await BrokerCheckup.look(at: address)
      return Self.judge("rabbitmq", "RabbitMQ", version, Self.oldestRabbit, " \(waiting) messages wait.")
    } catch {
      return Finding("rabbitmq", .ill, "\(error). Jobs go on over PostgreSQL alone. Look at WARD_AMQP_URL.")
    }
  }

  static func judge(
    _ part: String, _ name: String, _ version: String?, _ oldest: VersionNumber, _ more: String
  ) -> Finding {
    guard let version, let number = VersionNumber(version) else {
      return Finding(part, .well, "\(name) answers; its version is not told.\(more)")
    }
    guard number >= oldest else {
      return Finding(
        part, .ill, "\(name) \(version) is too old: \(oldest.major).\(oldest.minor) or newer is needed.")
    }
    return Finding(part, .well, "\(name) \(version) answers.\(more)")
  }
}
