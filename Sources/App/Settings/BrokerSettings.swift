package import Broker
import Configuration

/// Where RabbitMQ is, if there is one.
package struct BrokerSettings: Sendable {
  package var address: BrokerAddress?

  init() {}

  init(_ config: ConfigReader, _ problems: inout [String]) {
    guard let text = config.string(forKey: "amqp.url", isSecret: true) else { return }
    address = BrokerAddress(text)
    if address == nil {
      problems.append("WARD_AMQP_URL must be amqp:// or amqps://, perhaps user:password@, host:port and /vhost.")
    }
  }
}
