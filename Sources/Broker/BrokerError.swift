/// What went wrong between Ward and RabbitMQ; words of ours and numbers, never a password or a message.
package enum BrokerError: Error, Sendable, Equatable {
  /// No connection could be made.
  case connectFailed(reason: String)
  /// The connection broke or was closed.
  case connectionLost(reason: String)
  /// The broker is short of memory or disk and takes nothing at the moment.
  case blocked
  /// There is no connection now; the next attempt is made by itself.
  case notConnected
}

extension BrokerError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .connectFailed(let reason): "cannot connect to RabbitMQ: \(reason)"
    case .connectionLost(let reason): "the connection to RabbitMQ broke: \(reason)"
    case .blocked: "RabbitMQ takes no messages at the moment"
    case .notConnected: "there is no connection to RabbitMQ"
    }
  }
}
