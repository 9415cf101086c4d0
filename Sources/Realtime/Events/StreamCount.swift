package import Core
import Synchronization

/// One open event stream as it is listed (row 149).
package struct StreamInfo: Sendable {
  package let person: String
  package let hospital: HospitalID
  package let connectedAt: Timestamp
  package let address: String
  package let userAgent: String
  /// Unique in this process; given with the place.
  package fileprivate(set) var number: UInt64 = 0

  package init(person: String, hospital: HospitalID, connectedAt: Timestamp, address: String, userAgent: String) {
    self.person = person
    self.hospital = hospital
    self.connectedAt = connectedAt
    self.address = address
    self.userAgent = userAgent
  }
}

/// Knows the open event streams: at most 20 a person and 20,000 in all.
package final class StreamCount: Sendable {
  private static let perPerson = 20
  private static let total = 20_000

  private struct State {
    var open: [UInt64: StreamInfo] = [:]
    var byPerson: [String: Int] = [:]
    var last: UInt64 = 0
  }

  private let state = Mutex(State())
  private let changes: Alarm?

  /// `changes` rings when a stream begins or ends.
  package init(changes: Alarm? = nil) { self.changes = changes }

  package var count: Int { state.withLock { $0.open.count } }

  /// Oldest first.
  package func list() -> [StreamInfo] { state.withLock { $0.open.values.sorted { $0.number < $1.number } } }

  /// Takes a place, which is given back when the returned value goes away.
  package func take(for stream: StreamInfo) throws(Failure) -> Place {
    let number = state.withLock { state -> UInt64? in
      guard state.open.count < Self.total, state.byPerson[stream.person, default: 0] < Self.perPerson else {
        return nil
      }
      state.last += 1
      state.open[state.last] = stream
      state.open[state.last]?.number = state.last
      state.byPerson[stream.person, default: 0] += 1
      return state.last
    }
    guard let number else {
      throw Failure(.tooManyRequests, "Too many event streams are open.", retryAfterSeconds: 5)
    }
    changes?.wake()
    return Place(count: self, number: number)
  }

  fileprivate func giveBack(_ number: UInt64) {
    state.withLock { state in
      guard let person = state.open.removeValue(forKey: number)?.person else { return }
      let left = state.byPerson[person, default: 1] - 1
      state.byPerson[person] = left > 0 ? left : nil
    }
    changes?.wake()
  }

  package final class Place: Sendable {
    private let count: StreamCount
    private let number: UInt64

    fileprivate init(count: StreamCount, number: UInt64) {
      self.count = count
      self.number = number
    }

    deinit { count.giveBack(number) }
  }
}

/// The number of a listener, once it has one.
final class ListenerNumber: Sendable {
  private let number = Mutex<Int?>(nil)
  var value: Int? { number.withLock { $0 } }
  func set(_ value: Int) { number.withLock { $0 = value } }
}
