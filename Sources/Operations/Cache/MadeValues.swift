import Core
import Synchronization

/// What this node has made of some rows, each under the versions of their tables that were read before the rows.
final class MadeValues: Sendable {
  struct Name: Hashable, Sendable {
    let hospital: HospitalID
    let name: String
  }

  private struct Made {
    let versions: [Int64]
    let value: any Sendable
  }

  /// All are forgotten where there would be more: whoever is asked for again is made again.
  private static let capacity = 10_000
  private let values = Mutex<[Name: Made]>([:])

  func value(_ name: Name, _ versions: [Int64]) -> (any Sendable)? {
    values.withLock { values in
      guard let made = values[name], made.versions == versions else { return nil }
      return made.value
    }
  }

  func keep(_ name: Name, _ versions: [Int64], _ value: some Sendable) {
    values.withLock { values in
      if values.count >= Self.capacity, values[name] == nil { values.removeAll() }
      values[name] = Made(versions: versions, value: value)
    }
  }
}
