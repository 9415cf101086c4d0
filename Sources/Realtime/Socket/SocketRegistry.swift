import NIOCore
import Synchronization

/// Finds sessions from any thread: by the session id of later requests, and by the private id of a returning client.
final class SocketRegistry: Sendable {
  /// What is kept of a dropped socket so that its client can be given what it missed.
  struct Dropped {
    var socketSid: String
    var userId: String
    var sessionId: String
    var subscriptions: [SocketSubscription]
    var until: NIODeadline
  }

  enum Recoverable {
    case live(SocketTicket)
    case dropped(Dropped)
  }

  private struct Tables {
    var sessions: [String: SocketTicket] = [:]
    var recoverable: [String: Recoverable] = [:]
    var droppedCount = 0
  }

  private let tables = Mutex(Tables())

  func add(_ sid: String, _ ticket: SocketTicket) { tables.withLock { $0.sessions[sid] = ticket } }
  func remove(_ sid: String) { tables.withLock { _ = $0.sessions.removeValue(forKey: sid) } }
  func find(_ sid: String) -> SocketTicket? { tables.withLock { $0.sessions[sid] } }

  func watch(_ pid: String, _ ticket: SocketTicket) { tables.withLock { $0.recoverable[pid] = .live(ticket) } }

  func forget(_ pid: String) { tables.withLock { _ = Self.remove(pid, from: &$0) } }

  func keep(_ pid: String, _ dropped: Dropped, limit: Int) {
    tables.withLock { tables in
      _ = Self.remove(pid, from: &tables)
      guard tables.droppedCount < limit else { return }
      tables.recoverable[pid] = .dropped(dropped)
      tables.droppedCount += 1
    }
  }

  func liveSocket(_ pid: String) -> SocketTicket? {
    tables.withLock { tables in
      guard case .live(let ticket) = tables.recoverable[pid] else { return nil }
      return ticket
    }
  }

  /// Takes what was kept under the private id; it can be taken once.
  func take(_ pid: String, userId: String, now: NIODeadline) -> Dropped? {
    tables.withLock { tables in
      guard case .dropped(let dropped) = tables.recoverable[pid], dropped.userId == userId, dropped.until > now
      else { return nil }
      _ = Self.remove(pid, from: &tables)
      return dropped
    }
  }

  func forgetDropped(where matches: (Dropped) -> Bool) {
    tables.withLock { tables in
      for (pid, entry) in tables.recoverable {
        guard case .dropped(let dropped) = entry, matches(dropped) else { continue }
        _ = Self.remove(pid, from: &tables)
      }
    }
  }

  private static func remove(_ pid: String, from tables: inout Tables) -> Recoverable? {
    let entry = tables.recoverable.removeValue(forKey: pid)
    if case .dropped = entry { tables.droppedCount -= 1 }
    return entry
  }
}

/// A subscription that a client asked for, kept to be authorised again after a reconnect.
package struct SocketSubscription: Sendable {
  var event: String
  var arguments: [ByteBuffer]
  var rooms: [String]
}
