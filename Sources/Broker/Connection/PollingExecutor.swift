import CRabbitMQ
import Core
import Glibc
import Synchronization

/// A serial executor on a thread of its own that sleeps in `poll`, so that its actor hears its socket and its callers.
///
/// The thread ends when the executor is released and its queue is empty.
final class PollingExecutor: SerialExecutor {
  private let queue: PollingQueue

  /// Starts the thread; throws `connectFailed` when the system has none left.
  init() throws(BrokerError) {
    guard let queue = PollingQueue() else { throw .connectFailed(reason: "the system has no descriptor left") }
    self.queue = queue
    do {
      try OwnThread.start { queue.drain() }
    } catch {
      throw .connectFailed(reason: "the system has no thread left")
    }
  }

  deinit { queue.stop() }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.add(job, asUnownedSerialExecutor())
  }

  /// From now on calls `heard` on the thread when the socket has something to read, and a few times a second.
  func watch(_ socket: Int32, _ heard: @escaping @Sendable () -> Void) { queue.watch(socket, heard) }

  func unwatch() { queue.unwatch() }

  func isIsolatingCurrentContext() -> Bool? { queue.isCurrent }

  func checkIsolated() { precondition(queue.isCurrent, "not on the connection's thread") }
}

/// What the thread and its executor share; the thread holds this and not the executor, so that it can outlive it.
private final class PollingQueue: Sendable {
  private struct State {
    var items: [(job: UnownedJob, executor: UnownedSerialExecutor)] = []
    var watched: (socket: Int32, heard: @Sendable () -> Void)?
    var sleeping = false
    var stopped = false
    var thread: pthread_t?
  }

  private static let longestSleepMilliseconds: Int32 = 200
  private let state = Mutex(State())
  private let wakeup: Int32

  init?() {
    wakeup = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
    guard wakeup >= 0 else { return nil }
  }

  deinit { close(wakeup) }

  var isCurrent: Bool {
    let current = pthread_self()
    return state.withLock { state in state.thread.map { pthread_equal($0, current) != 0 } ?? false }
  }

  func add(_ job: UnownedJob, _ executor: UnownedSerialExecutor) { change { $0.items.append((job, executor)) } }
  func stop() { change { $0.stopped = true } }
  func watch(_ socket: Int32, _ heard: @escaping @Sendable () -> Void) { change { $0.watched = (socket, heard) } }
  func unwatch() { change { $0.watched = nil } }

  private func change(_ body: (inout State) -> Void) {
    let wakes = state.withLock { state in
      body(&state)
      defer { state.sleeping = false }
      return state.sleeping
    }
    if wakes { eventfd_write(wakeup, 1) }
  }

  /// The thread's body.
  func drain() {
    let current = pthread_self()
    state.withLock { $0.thread = current }
    while true {
      let (items, watched, finished) = state.withLock { state in
        defer { state.items = [] }
        state.sleeping = state.items.isEmpty && !state.stopped
        return (state.items, state.watched, state.items.isEmpty && state.stopped)
      }
      if finished { return }
      for item in items { item.job.runSynchronously(on: item.executor) }
      rest(watched?.socket, atMost: items.isEmpty ? Self.longestSleepMilliseconds : 0)
      // A job may just have closed the socket, and its number may be another's by now.
      if let watched, items.isEmpty { watched.heard() }
    }
  }

  /// Sleeps until a caller or the socket has something.
  private func rest(_ socket: Int32?, atMost milliseconds: Int32) {
    var descriptors = [pollfd(fd: wakeup, events: Int16(POLLIN), revents: 0)]
    if let socket { descriptors.append(pollfd(fd: socket, events: Int16(POLLIN), revents: 0)) }
    let limit = socket == nil && milliseconds > 0 ? -1 : milliseconds
    guard poll(&descriptors, nfds_t(descriptors.count), limit) > 0, descriptors[0].revents != 0 else { return }
    var count: eventfd_t = 0
    eventfd_read(wakeup, &count)
  }
}
