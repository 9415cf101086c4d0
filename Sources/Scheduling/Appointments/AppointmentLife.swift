/// The life of an appointment as a table of legal moves.
package struct AppointmentLife: Sendable, Equatable {
  package enum Status: String, Sendable, CaseIterable {
    /// Waits for its payment or for a yes, until a time.
    case held
    case scheduled, confirmed
    case checkedIn = "checked_in"
    case inProgress = "in_progress"
    case completed, cancelled
    case noShow = "no_show"
    /// A hold that ran out.
    case expired

    /// Takes the doctor's time; any other has given it back.
    package var occupies: Bool {
      switch self {
      case .held, .scheduled, .confirmed, .checkedIn, .inProgress: true
      case .completed, .cancelled, .noShow, .expired: false
      }
    }

    package static let live = allCases.filter(\.occupies).map(\.rawValue)
  }

  /// The inventory's 2.4, with holds and check-in; moved to another time a missed one is scheduled again.
  package static let table: [Status: Set<Status>] = [
    .held: [.scheduled, .confirmed, .cancelled, .expired],
    .scheduled: [.confirmed, .checkedIn, .cancelled, .noShow],
    .confirmed: [.checkedIn, .inProgress, .cancelled, .noShow],
    .checkedIn: [.inProgress, .cancelled, .noShow],
    .inProgress: [.completed, .cancelled],
    .noShow: [.scheduled],
    .completed: [], .cancelled: [], .expired: [],
  ]

  /// From where an appointment may be given another time; it stays what it is, but a missed one is scheduled.
  package static let movable: Set<Status> = [.held, .scheduled, .confirmed, .noShow]

  package private(set) var status: Status
  /// Whether the visit begins with a check-in: somebody who comes in person has to be there.
  package let needsCheckIn: Bool

  package init(_ status: Status, needsCheckIn: Bool) {
    self.status = status
    self.needsCheckIn = needsCheckIn
  }

  /// What may come next.
  package var next: Set<Status> {
    let next = Self.table[status] ?? []
    return needsCheckIn && status == .confirmed ? next.subtracting([.inProgress]) : next
  }

  /// Makes the move; false when it is not legal, and nothing changes.
  package mutating func apply(_ move: Status) -> Bool {
    guard next.contains(move) else { return false }
    status = move
    return true
  }
}
