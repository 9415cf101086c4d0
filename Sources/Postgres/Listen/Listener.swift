import CLibpq
import Glibc

/// Holds one connection for LISTEN and connects again, with jittered pauses, whenever it breaks.
///
/// A silent connection is asked for a sign of life every two seconds, so that `down` follows within about five after
/// the network went away. A reader that falls 4,096 events behind loses its connection, so that the next `up` tells
/// it that something was missed.
struct Listener: Sendable {
  static let heartbeatSeconds = 2.0
  static let bufferedEvents = 4096

  private let configuration: PostgresConfiguration
  private let channels: [String]
  private let events: AsyncStream<PostgresEvent>.Continuation
  private let wakeup: Wakeup
  private let trouble: (@Sendable (PostgresError) -> Void)?

  /// Starts to listen; the stream's end stops it.
  static func start(
    _ configuration: PostgresConfiguration, channels: [String], observer: PostgresObserver
  ) throws(PostgresError) -> AsyncStream<PostgresEvent> {
    let (stream, events) = AsyncStream.makeStream(
      of: PostgresEvent.self, bufferingPolicy: .bufferingOldest(bufferedEvents))
    var configuration = configuration
    configuration.preparesStatements = false
    configuration.statementTimeoutSeconds = heartbeatSeconds
    configuration.answerGraceSeconds = 1
    let listener = Listener(
      configuration: configuration, channels: channels, events: events, wakeup: try Wakeup(),
      trouble: observer.trouble)
    let task = Task { await listener.run() }
    events.onTermination = { _ in
      task.cancel()
      listener.wakeup.signal()
    }
    return stream
  }

  private func run() async {
    var backoff = Backoff(firstSeconds: 0.1, longestSeconds: 5)
    while !Task.isCancelled {
      do throws(PostgresError) {
        let connection = try await Connection.open(configuration, observer: PostgresObserver())
        try await connection.listen(to: channels)
        backoff.reset()
        events.yield(.up)
        await connection.hear(until: wakeup, heartbeatSeconds: Self.heartbeatSeconds) { event in
          if case .enqueued = events.yield(event) { true } else { false }
        }
        await connection.close()
        await tellDown()
      } catch {
        trouble?(error)
      }
      do { try await Task.sleep(for: backoff.next()) } catch { break }
    }
    events.finish()
  }

  /// Waits for room, because this event must not get lost.
  private func tellDown() async {
    while case .dropped = events.yield(.down) {
      do { try await Task.sleep(for: .milliseconds(20)) } catch { return }
    }
  }
}

/// A file descriptor that becomes readable for good, to end a wait in `poll`.
final class Wakeup: Sendable {
  let descriptor: Int32
  private let source: Int32

  init() throws(PostgresError) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw .connectFailed(reason: "the system has no file descriptor left") }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    descriptor = ends[0]
    source = ends[1]
  }

  deinit {
    Glibc.close(descriptor)
    Glibc.close(source)
  }

  /// A full pipe is readable already, so the result does not matter.
  func signal() {
    var byte: UInt8 = 0
    _ = write(source, &byte, 1)
  }
}

extension Connection {
  func listen(to channels: [String]) throws(PostgresError) {
    let result = flush(channels.map { "LISTEN \(identifier: $0)" })
    if let failure = result.failure { throw failure }
  }

  /// Delivers notifications until the wake-up, a broken connection, or a reader that takes no more.
  func hear(until wakeup: Wakeup, heartbeatSeconds: Double, _ deliver: (PostgresEvent) -> Bool) {
    let silence = Int32(heartbeatSeconds * 1000)
    while let raw = handle?.raw {
      while let notification = PQnotifies(raw) {
        defer { PQfreemem(notification) }
        let event = PostgresEvent.notification(
          channel: String(cString: notification.pointee.relname), payload: String(cString: notification.pointee.extra))
        guard deliver(event) else { return }
      }
      var descriptors = [
        pollfd(fd: PQsocket(raw), events: Int16(POLLIN), revents: 0),
        pollfd(fd: wakeup.descriptor, events: Int16(POLLIN), revents: 0),
      ]
      let count = poll(&descriptors, 2, silence)
      if descriptors[1].revents != 0 { return }
      if count == 0, flush(["SELECT 1"]).isLost { return }
      if count > 0, PQconsumeInput(raw) == 0 { return }
    }
  }
}

extension PostgresPool {
  /// Listens on channels over a connection of its own until the stream is dropped.
  ///
  /// After `down` and at every `up` the caller has to look for itself, since notifications may have been missed.
  package func listen(_ channels: [String]) throws(PostgresError) -> AsyncStream<PostgresEvent> {
    try Listener.start(configuration, channels: channels, observer: observer)
  }
}

extension PostgresConfiguration {
  /// Listens without a pool, for a database whose pool goes through PgBouncer.
  package func listen(
    _ channels: [String], observer: PostgresObserver = PostgresObserver()
  ) throws(PostgresError) -> AsyncStream<PostgresEvent> {
    try Listener.start(self, channels: channels, observer: observer)
  }
}
