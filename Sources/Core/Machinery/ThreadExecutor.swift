import Glibc
import Synchronization

/// A serial executor on a thread of its own, for an actor that blocks in a C library.
///
/// Dispatch starts at most 255 threads for blocked queues, a pthread has no such limit. The thread ends when the
/// executor is released and its queue is empty.
package final class ThreadExecutor: SerialExecutor {
  private let queue: ThreadQueue

  /// Starts the thread; throws when the system has none left.
  package init() throws(NoThreadLeft) {
    let queue = ThreadQueue()
    self.queue = queue
    try OwnThread.start { queue.drain() }
  }

  deinit { queue.stop() }

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let executor = asUnownedSerialExecutor()
    queue.add(.job(job, executor))
  }

  /// Runs `work` on the thread after everything queued before it.
  package func schedule(_ work: @escaping @Sendable () -> Void) { queue.add(.work(work)) }

  package func isIsolatingCurrentContext() -> Bool? { queue.isCurrent }

  package func checkIsolated() { precondition(queue.isCurrent, "not on the connection's thread") }
}

/// What the thread and its executor share; the thread holds this and not the executor, so that it can outlive it.
private final class ThreadQueue: Sendable {
  enum Item: Sendable {
    case job(UnownedJob, UnownedSerialExecutor)
    case work(@Sendable () -> Void)
  }

  private struct State {
    var items: [Item] = []
    var sleeping = false
    var stopped = false
    var thread: pthread_t?
  }

  private let state = Mutex(State())
  private nonisolated(unsafe) let wakeup: UnsafeMutablePointer<sem_t>

  init() {
    wakeup = .allocate(capacity: 1)
    wakeup.initialize(to: sem_t())
    sem_init(wakeup, 0, 0)
  }

  deinit {
    sem_destroy(wakeup)
    wakeup.deallocate()
  }

  var isCurrent: Bool {
    let current = pthread_self()
    return state.withLock { state in state.thread.map { pthread_equal($0, current) != 0 } ?? false }
  }

  func add(_ item: Item) {
    let wake = state.withLock { state in
      state.items.append(item)
      return Self.takeSleep(&state)
    }
    if wake { sem_post(wakeup) }
  }

  func stop() {
    let wake = state.withLock { state in
      state.stopped = true
      return Self.takeSleep(&state)
    }
    if wake { sem_post(wakeup) }
  }

  private static func takeSleep(_ state: inout State) -> Bool {
    defer { state.sleeping = false }
    return state.sleeping
  }

  /// The thread's body.
  func drain() {
    let current = pthread_self()
    state.withLock { $0.thread = current }
    var items: [Item] = []
    while true {
      let finished = state.withLock { state in
        swap(&state.items, &items)
        state.sleeping = items.isEmpty && !state.stopped
        return items.isEmpty && state.stopped
      }
      if finished { return }
      if items.isEmpty {
        while sem_wait(wakeup) != 0 {}
        continue
      }
      for item in items {
        switch item {
        case .job(let job, let executor): job.runSynchronously(on: executor)
        case .work(let work): work()
        }
      }
      items.removeAll(keepingCapacity: true)
    }
  }
}
