package import Core
package import NIOCore

/// The two clocks of the socket layer: one for timeouts, which never jumps, and the calendar's.
package struct SocketClock: Sendable {
  package var uptime: @Sendable () -> NIODeadline
  package var calendar: @Sendable () -> Timestamp

  package init(
    uptime: @escaping @Sendable () -> NIODeadline = { .now() }, calendar: @escaping @Sendable () -> Timestamp
  ) {
    self.uptime = uptime
    self.calendar = calendar
  }
}
