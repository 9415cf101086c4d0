import Configuration
import Postgres

/// Where the database is and how large the pool may be.
package struct DatabaseSettings: Sendable {
  /// The serving role's URL; nil starts the private cluster.
  package var url: String?
  /// For migrations only.
  package var ownerURL: String?
  /// For LISTEN, where the first goes through PgBouncer.
  package var directURL: String?
  package var poolMinimum = 2
  package var poolMaximum = 10
  package var connectTimeoutSeconds = 3.0
  package var acquireTimeoutSeconds = 10.0
  package var idleTimeoutSeconds = 30.0
  package var startTimeoutSeconds = 60.0

  init() {}

  init(_ config: ConfigReader, environment: Settings.Environment, _ problems: inout [String]) {
    url = config.string(forKey: "url", isSecret: true)
    ownerURL = config.string(forKey: "owner.url", isSecret: true)
    directURL = config.string(forKey: "direct.url", isSecret: true)
    if environment == .production {
      poolMinimum = 5
      poolMaximum = 25
    }
    func number(_ key: String, _ range: ClosedRange<Int>, _ keep: (Int) -> Void) {
      let name = "WARD_DATABASE_" + key.uppercased().split(separator: ".").joined(separator: "_")
      guard let text = config.string(forKey: .init(key)) else { return }
      guard let value = Int(text), range.contains(value) else {
        problems.append("\(name) must be a whole number from \(range.lowerBound) to \(range.upperBound).")
        return
      }
      keep(value)
    }
    number("pool.minimum", 0...300) { poolMinimum = $0 }
    number("pool.maximum", 1...300) { poolMaximum = $0 }
    number("connect.timeout.seconds", 1...60) { connectTimeoutSeconds = Double($0) }
    number("acquire.timeout.seconds", 1...60) { acquireTimeoutSeconds = Double($0) }
    number("idle.timeout.seconds", 1...3600) { idleTimeoutSeconds = Double($0) }
    number("start.timeout.seconds", 1...600) { startTimeoutSeconds = Double($0) }
    if poolMinimum > poolMaximum {
      problems.append("WARD_DATABASE_POOL_MINIMUM must not be above WARD_DATABASE_POOL_MAXIMUM.")
    }
  }

  func pool(_ url: String) -> PostgresConfiguration {
    var configuration = PostgresConfiguration(url: url)
    configuration.minimum = poolMinimum
    configuration.maximum = poolMaximum
    configuration.connectTimeoutSeconds = connectTimeoutSeconds
    configuration.acquireTimeoutSeconds = acquireTimeoutSeconds
    configuration.idleTimeoutSeconds = idleTimeoutSeconds
    configuration.startTimeoutSeconds = startTimeoutSeconds
    return configuration
  }

  /// A few connections that see ids and due times only.
  func enginePool(_ url: String) -> PostgresConfiguration {
    var configuration = pool(url)
    configuration.minimum = 1
    configuration.maximum = 3
    configuration.role = "ward_engine"
    configuration.applicationName = "ward-engine"
    return configuration
  }

  /// Two more, which nothing but paging uses.
  func alertingPool(_ url: String) -> PostgresConfiguration {
    var configuration = enginePool(url)
    configuration.maximum = 2
    configuration.applicationName = "ward-alerting"
    return configuration
  }
}
