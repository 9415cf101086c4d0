import Configuration
import NIOCore
package import Realtime

/// What the environment decides about sockets.
package struct SocketSettings: Sendable {
  package var pingIntervalSeconds = 25
  package var pingTimeoutSeconds = 60
  /// What may wait for a client that reads slowly before it is dropped.
  package var outboundBytes = 1 << 20

  init() {}

  init(_ config: ConfigReader, _ problems: inout [String]) {
    func number(_ key: String, _ range: ClosedRange<Int>, _ keep: (Int) -> Void) {
      guard let text = config.string(forKey: .init(key)) else { return }
      guard let value = Int(text), range.contains(value) else {
        let name = "WARD_SOCKET_" + key.uppercased().split(separator: ".").joined(separator: "_")
        problems.append("\(name) must be a whole number from \(range.lowerBound) to \(range.upperBound).")
        return
      }
      keep(value)
    }
    number("ping.interval.seconds", 1...300) { pingIntervalSeconds = $0 }
    number("ping.timeout.seconds", 1...300) { pingTimeoutSeconds = $0 }
    number("outbound.bytes", 65_536...67_108_864) { outboundBytes = $0 }
  }

  package var limits: SocketLimits {
    var limits = SocketLimits()
    limits.pingInterval = .seconds(Int64(pingIntervalSeconds))
    limits.pingTimeout = .seconds(Int64(pingTimeoutSeconds))
    limits.maximumOutboundBytes = outboundBytes
    return limits
  }
}
