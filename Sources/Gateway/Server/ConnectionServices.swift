package import HummingbirdCore
import NIOCore
import Realtime
import Synchronization

/// Answers every request that is not the sockets' own.
package typealias RequestHandler = @Sendable (Request, RequestSource) async throws -> Response

/// What all connections of one listener share.
struct ConnectionServices: Sendable {
  let options: ServerOptions
  let respond: RequestHandler
  let hub: SocketHub
  let activity: ServerActivity
  let onlySockets: Bool
  /// Told of errors that the request handler let through; the client sees none of it.
  let onUnhandledError: @Sendable (any Error) -> Void
}

/// Counts what is going on, so that a stop can wait for it.
final class ServerActivity: Sendable {
  private struct State {
    var requests = 0
    var connections = 0
    var waiters: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())

  /// Counts a connection; false when there are too many.
  func connected(limit: Int) -> Bool {
    state.withLock { state in
      guard state.connections < limit else { return false }
      state.connections += 1
      return true
    }
  }

  func disconnected() { state.withLock { $0.connections -= 1 } }

  var connections: Int { state.withLock { $0.connections } }
  var requests: Int { state.withLock { $0.requests } }

  func began() { state.withLock { $0.requests += 1 } }

  func ended() {
    let waiters = state.withLock { state -> [CheckedContinuation<Void, Never>] in
      state.requests -= 1
      guard state.requests == 0 else { return [] }
      defer { state.waiters.removeAll() }
      return state.waiters
    }
    for waiter in waiters { waiter.resume() }
  }

  /// Lets `idle` return although requests are still running.
  func giveUp() {
    let waiters = state.withLock { state in
      defer { state.waiters.removeAll() }
      return state.waiters
    }
    for waiter in waiters { waiter.resume() }
  }

  /// Returns when no request is running.
  func idle() async {
    await withCheckedContinuation { continuation in
      let isIdle = state.withLock { state in
        if state.requests > 0 { state.waiters.append(continuation) }
        return state.requests == 0
      }
      if isIdle { continuation.resume() }
    }
  }
}
