package import Core
import Synchronization

/// Counts open event streams: at most 20 a person and 20,000 in all.
package final class StreamCount: Sendable {
  private static let perPerson = 20
  private static let total = 20_000
  private let open = Mutex<(all: Int, byPerson: [String: Int])>((0, [:]))

  package init() {}

  package var count: Int { open.withLock { $0.all } }

  /// Takes a place, which is given back when the returned value goes away.
  package func take(for person: String) throws(Failure) -> Place {
    let isFree = open.withLock { open in
      guard open.all < Self.total, open.byPerson[person, default: 0] < Self.perPerson else { return false }
      open.all += 1
      open.byPerson[person, default: 0] += 1
      return true
    }
    guard isFree else {
      throw Failure(.tooManyRequests, "Too many event streams are open.", retryAfterSeconds: 5)
    }
    return Place(count: self, person: person)
  }

  fileprivate func giveBack(_ person: String) {
    open.withLock { open in
      open.all -= 1
      let left = open.byPerson[person, default: 1] - 1
      open.byPerson[person] = left > 0 ? left : nil
    }
  }

  package final class Place: Sendable {
    private let count: StreamCount
    private let person: String

    fileprivate init(count: StreamCount, person: String) {
      self.count = count
      self.person = person
    }

    deinit { count.giveBack(person) }
  }
}

/// The number of a listener, once it has one.
final class ListenerNumber: Sendable {
  private let number = Mutex<Int?>(nil)
  var value: Int? { number.withLock { $0 } }
  func set(_ value: Int) { number.withLock { $0 = value } }
}
