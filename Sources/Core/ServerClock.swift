import FoundationEssentials
import Synchronization

/// The one clock of the process: the machine's time corrected to the database's, so that a node whose clock is
/// wrong by an hour still agrees with the others, and a test that shifts the database's clock shifts everything.
package final class ServerClock: Sendable {
  private let offsetMicroseconds = Atomic<Int64>(0)

  package init() {}

  package var now: Timestamp {
    Timestamp(microseconds: Self.machine &+ offsetMicroseconds.load(ordering: .relaxed))
  }

  /// Takes over the database's time, read just now.
  package func synchronise(with database: Timestamp) {
    offsetMicroseconds.store(database.microseconds &- Self.machine, ordering: .relaxed)
  }

  private static var machine: Int64 {
    let seconds = Date().timeIntervalSince1970
    return Int64(seconds * 1_000_000)
  }
}
