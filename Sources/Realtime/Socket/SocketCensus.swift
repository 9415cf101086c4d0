import Synchronization

/// How many sockets there are, by person and by address; enforces the limits over all event loops.
final class SocketCensus: Sendable {
  private struct Counts {
    var total = 0
    var guests: [String: Int] = [:]
    var people: [String: Int] = [:]
  }

  private let counts = Mutex(Counts())

  /// Open sockets of any kind.
  var total: Int { counts.withLock { $0.total } }
  /// People with at least one socket.
  var people: Int { counts.withLock { $0.people.count } }

  /// Counts a socket that nobody has signed in on; false when there are too many.
  func open(address: String, limits: SocketLimits) -> Bool {
    counts.withLock { counts in
      guard counts.total < limits.maximumSockets,
        counts.guests[address, default: 0] < limits.maximumGuestsPerAddress
      else { return false }
      counts.total += 1
      counts.guests[address, default: 0] += 1
      return true
    }
  }

  /// Turns a guest into a person; false, and still a guest, when the person has too many sockets.
  func admit(userId: String, address: String, limits: SocketLimits) -> Bool {
    counts.withLock { counts in
      guard counts.people[userId, default: 0] < limits.maximumSocketsPerUser else { return false }
      Self.decrement(&counts.guests, address)
      counts.people[userId, default: 0] += 1
      return true
    }
  }

  /// Turns a person back into a guest.
  func dismiss(userId: String, address: String) {
    counts.withLock { counts in
      Self.decrement(&counts.people, userId)
      counts.guests[address, default: 0] += 1
    }
  }

  func close(address: String) {
    counts.withLock { counts in
      counts.total -= 1
      Self.decrement(&counts.guests, address)
    }
  }

  private static func decrement(_ table: inout [String: Int], _ key: String) {
    guard let count = table[key] else { return }
    table[key] = count > 1 ? count - 1 : nil
  }
}
