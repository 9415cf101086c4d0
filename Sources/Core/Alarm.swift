import Synchronization

/// A sleep that can be cut short: a worker waits until the earliest due time or until somebody wakes it.
///
/// A wake that comes while nobody waits is kept for the next wait. For one waiting task at a time.
package final class Alarm: Sendable {
  private struct State {
    var isRinging = false
    var generation = 0
    var waiter: CheckedContinuation<Void, Never>?
  }

  private let state = Mutex(State())

  package init() {}

  package func wake() {
    state.withLock { state -> CheckedContinuation<Void, Never>? in
      guard let waiter = state.waiter else {
        state.isRinging = true
        return nil
      }
      state.waiter = nil
      return waiter
    }?.resume()
  }

  /// Returns when woken, after the duration, or when the task is cancelled.
  package func wait(atMost duration: Duration) async {
    let generation = state.withLock { state in
      state.generation += 1
      return state.generation
    }
    let timer = Task {
      do { try await Task.sleep(for: duration) } catch { return }
      self.end(generation)
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isOver = state.withLock { state in
          if state.isRinging || state.generation != generation || Task.isCancelled {
            state.isRinging = false
            return true
          }
          state.waiter = continuation
          return false
        }
        if isOver { continuation.resume() }
      }
    } onCancel: {
      self.end(generation)
    }
    timer.cancel()
  }

  private func end(_ generation: Int) {
    state.withLock { state -> CheckedContinuation<Void, Never>? in
      guard state.generation == generation else { return nil }
      state.generation += 1
      defer { state.waiter = nil }
      return state.waiter
    }?.resume()
  }
}
