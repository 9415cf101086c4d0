import NIOCore

/// One deadline of a connection. It moves with every request; the event loop's timer is only set anew when it has to
/// ring earlier than planned, so a busy connection costs no timers.
struct ConnectionTimer {
  private var deadline: NIODeadline?
  private var planned: NIODeadline?
  private var task: Scheduled<Void>?

  /// No deadline; a timer that is set already rings for nothing.
  mutating func clear() { deadline = nil }

  /// Sets the deadline. `ring` is called once it might have passed, and must ask `isOver`.
  mutating func expect(by deadline: NIODeadline, on loop: any EventLoop, _ ring: @escaping () -> Void) {
    self.deadline = deadline
    if let planned, planned <= deadline { return }
    task?.cancel()
    planned = deadline
    task = loop.assumeIsolated().scheduleTask(deadline: deadline, ring)
  }

  /// Whether the deadline has passed; otherwise the timer is set for what remains.
  mutating func isOver(on loop: any EventLoop, _ ring: @escaping () -> Void) -> Bool {
    planned = nil
    task = nil
    guard let deadline else { return false }
    if deadline <= loop.now {
      self.deadline = nil
      return true
    }
    expect(by: deadline, on: loop, ring)
    return false
  }

  mutating func cancel() {
    task?.cancel()
    task = nil
    deadline = nil
    planned = nil
  }
}
