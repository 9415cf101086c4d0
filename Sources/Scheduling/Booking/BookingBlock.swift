import Core
import Postgres

/// A row of what is taken, in the way of a booking.
struct BookingBlock: Sendable {
  let resource: ResourceID
  let seat: Int
  let startsAt: Timestamp
  let endsAt: Timestamp
  /// Nil: closed.
  let appointment: AppointmentID?
  /// A hold that has run out.
  let isOver: Bool

  init(_ row: Row) throws {
    resource = try row.decode("resource_id")
    seat = try row.decode("seat")
    startsAt = try row.decode("starts_at")
    endsAt = try row.decode("ends_at")
    appointment = try row.decode("appointment_id")
    isOver = try row.decode("is_over")
  }
}

extension BookingGround {
  /// Whether every resource has a seat that none of these takes.
  func hasSeats(besides blocks: [BookingBlock], isOverride: Bool) -> Bool {
    resources.allSatisfy { resource in
      let mine = blocks.filter { $0.resource == resource.id }
      if !resource.isFull(with: mine, ignoresOverrides: isOverride) { return true }
      let taken = Set(mine.map(\.seat))
      return isOverride && (100...199).contains { !taken.contains($0) }
    }
  }

  /// What is not in use any more, whenever it is.
  func refusals(at time: TakenTime) -> [BookingConflict] {
    resources.filter { !$0.isActive }.map { resource in
      BookingConflict(
        resource: resource.id, kind: resource.kind == .doctor ? .doctorUnavailable : .resourceConflict,
        from: time.start, to: time.until, against: time)
    }
  }

  /// What is in the way, as it is told.
  func conflicts(from blocks: [BookingBlock], at time: TakenTime) -> [BookingConflict] {
    let full = Dictionary(grouping: blocks, by: \.resource).filter { id, mine in
      resources.first { $0.id == id }?.isFull(with: mine, ignoresOverrides: false) ?? false
    }
    return blocks.filter { full[$0.resource] != nil }.compactMap { block in
      guard let resource = resources.first(where: { $0.id == block.resource }) else { return nil }
      let kind: BookingConflict.Kind =
        switch (resource.kind, block.appointment) {
        case (.doctor, nil): .doctorUnavailable
        case (_, nil): .resourceConflict
        case (_, _?) where resource.capacity > 1: .capacityExceeded
        case (.doctor, _?): .timeOverlap
        case (_, _?): .resourceConflict
        }
      return BookingConflict(
        resource: block.resource, kind: kind, from: block.startsAt, to: block.endsAt, against: time)
    }
  }
}

extension BookingGround.Resource {
  /// Whether none of its own seats is left: it is closed, all are taken, or there is an override.
  fileprivate func isFull(with blocks: [BookingBlock], ignoresOverrides: Bool) -> Bool {
    if blocks.contains(where: { $0.appointment == nil }) { return true }
    if !ignoresOverrides, blocks.contains(where: { $0.seat >= 100 }) { return true }
    return Set(blocks.map(\.seat).filter { $0 < 100 }).count >= capacity
  }
}
