/// The life of one message to one person on one channel, as a table of legal moves.
package struct DeliveryLife: Sendable, Equatable {
  package enum Status: String, Sendable, CaseIterable {
    case queued, sent, delivered, read, failed, skipped
  }

  package enum Move: String, Sendable, CaseIterable {
    /// The provider has taken it.
    case send
    /// It is with the person: on the device, in the mailbox, on the page.
    case deliver
    case read
    /// It will not arrive; a provider may say so after it took it.
    case fail
    /// It is not needed, or there is no way: never tried.
    case skip
  }

  package static let table: [Move: [Status: Status]] = [
    // Cancelling comes too late for what is on its way.
    .send: [.queued: .sent, .skipped: .sent],
    .deliver: [.queued: .delivered, .sent: .delivered, .skipped: .delivered],
    .read: [.sent: .read, .delivered: .read],
    .fail: [.queued: .failed, .sent: .failed],
    .skip: [.queued: .skipped],
  ]

  package private(set) var status: Status

  package init(_ status: Status = .queued) { self.status = status }

  /// Makes the move; false when it is not legal, and nothing changes: receipts come late, twice and out of order.
  package mutating func apply(_ move: Move) -> Bool {
    guard let next = Self.table[move]?[status] else { return false }
    status = next
    return true
  }

  /// Where a move leads, from wherever it is legal.
  package static func target(of move: Move) -> Status {
    switch move {
    case .send: .sent
    case .deliver: .delivered
    case .read: .read
    case .fail: .failed
    case .skip: .skipped
    }
  }

  /// From which statuses the move is legal.
  package static func sources(of move: Move) -> [String] {
    (table[move] ?? [:]).keys.map(\.rawValue).sorted()
  }
}
