/// The life of an alert as a table of legal moves.
package struct AlertLife: Sendable, Equatable {
  package enum Status: String, Sendable, CaseIterable {
    case active, acknowledged, resolved, cancelled, expired
  }

  package enum Move: String, Sendable, CaseIterable {
    case acknowledge, resolve, cancel, expire
    /// Nobody resolved in time: it rings again.
    case reactivate
    /// Climbs a tier or is edited: the status stays.
    case climb, edit
    /// Somebody else has it from now on: the one to whom it was delegated takes it, or its responder hands it on.
    case takeOver, transfer
    /// It is over before everybody who was asked for came; somebody of them did.
    case resolveEarly
    /// The same is called for once more, and only counted.
    case callAgain
    /// The patient for whom it was leaves the hospital.
    case close
  }

  package static let table: [Move: [Status: Status]] = [
    .acknowledge: [.active: .acknowledged],
    .resolve: [.acknowledged: .resolved],
    .cancel: [.active: .cancelled, .acknowledged: .cancelled],
    .expire: [.active: .expired, .acknowledged: .expired],
    .reactivate: [.acknowledged: .active],
    .climb: [.active: .active],
    .edit: [.active: .active, .acknowledged: .acknowledged],
    .resolveEarly: [.active: .resolved],
    .takeOver: [.acknowledged: .acknowledged],
    .transfer: [.acknowledged: .acknowledged],
    .callAgain: [.active: .active, .acknowledged: .acknowledged],
    .close: [.active: .resolved, .acknowledged: .resolved],
  ]

  package private(set) var status: Status = .active

  package init(_ status: Status = .active) { self.status = status }

  /// Makes the move; false when it is not legal, and nothing changes.
  package mutating func apply(_ move: Move) -> Bool {
    guard let next = Self.table[move]?[status] else { return false }
    status = next
    return true
  }

  /// From which statuses the move is legal.
  package static func sources(of move: Move) -> [String] {
    (table[move] ?? [:]).keys.map(\.rawValue).sorted()
  }
}
