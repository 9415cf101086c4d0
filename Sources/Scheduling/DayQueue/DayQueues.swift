import Core
import Operations
import Postgres
package import Tenancy

/// What the queues of doctors do when an appointment takes a step, in its transaction.
package enum DayQueues {
  /// Takes in who has come, and lets go who is called, seen or gone.
  static func follow(_ change: AppointmentChange, _ call: inout WriteCall) async throws {
    let appointment = change.appointment
    switch appointment.status {
    case .checkedIn where change.step == appointment.status.rawValue: try await join(appointment, &call)
    case .inProgress: try await move(appointment.id, to: .inProgress, &call)
    case .completed: try await move(appointment.id, to: .done, &call)
    case .cancelled, .noShow: try await move(appointment.id, to: .left, &call)
    // From these nobody has come yet.
    case .held, .scheduled, .confirmed, .checkedIn, .expired: break
    }
  }

  private static func join(_ appointment: Appointment, _ call: inout WriteCall) async throws {
    let hospital = appointment.hospital
    call.transaction.queue(
      DayQueueQueries.make(.new(at: call.now), of: appointment.doctor, at: appointment.startsAt, in: hospital))
    let found = try await LockedQueue.lock(
      DayQueueQueries.lock(of: appointment.doctor, at: appointment.startsAt, in: hospital), in: hospital,
      call.transaction)
    guard var queue = found else { throw Failure.internalFault }
    let isEmergency = appointment.priority == .urgent
    guard isEmergency || queue.line.hasRoom else {
      throw Failure(
        .conflict, "The doctor's queue is full.", details: ["waiting": .integer(Int64(DayLine.most))])
    }
    let entry = DayLine.Entry(id: .new(at: call.now), number: queue.nextNumber(), isEmergency: isEmergency)
    call.transaction.queue(DayQueueQueries.insert(entry, of: appointment.id, in: queue.id, hospital))
    queue.line.join(entry)
    queue.save(reordered: isEmergency, gone: nil, in: hospital, &call)
  }

  /// Nothing where nobody waits, or is seen, for the appointment.
  private static func move(_ appointment: AppointmentID, to state: QueueState, _ call: inout WriteCall) async throws {
    guard let hospital = call.tenant else { throw Failure.internalFault }
    guard let row = try await call.transaction.query(DayQueueQueries.entry(of: appointment, in: hospital)).first else {
      return
    }
    let entry: QueueEntryID = try row.decode("id")
    let found = try await LockedQueue.lock(
      DayQueueQueries.lock(try row.decode("queue_id"), in: hospital), in: hospital, call.transaction)
    guard var queue = found else { throw Failure.internalFault }
    let number = queue.line.waiting.first { $0.id == entry }?.number
    if state == .inProgress { _ = queue.line.start(entry) } else if !queue.line.leave(entry) { queue.line.finish() }
    call.transaction.queue(DayQueueQueries.set(entry, state, in: hospital))
    let gone = number.map { QueueStanding(entry: entry, number: $0, state: state, position: 0, waitMinutes: 0) }
    queue.save(reordered: false, gone: gone, in: hospital, &call)
  }

  /// How the holder of a ticket stands, for the sockets.
  package static let keeper = LineKeeper { ticket, call in
    let rows = try await call.transaction.query(
      DayQueueQueries.standing(
        DayQueueQueries.of(
          QueueEntryID(rawValue: ticket.entry.rawValue), in: DayQueueID(rawValue: ticket.line.rawValue)),
        in: ticket.hospital))
    return try rows.first.map { try QueueStanding($0).json }
  }
}

extension QueueStanding {
  /// From a row of ``DayQueueQueries/standing(_:in:)``.
  init(_ row: Row) throws {
    guard let state = QueueState(rawValue: try row.decode("state")) else { throw Failure.internalFault }
    let position: Int64 = try row.decode("position")
    self.init(
      entry: try row.decode("id"), number: try row.decode("number"), state: state, position: position,
      waitMinutes: (position - 1 + (try row.decode("in_progress", as: Int64.self)))
        * (try row.decode("average_minutes", as: Int64.self)))
  }
}
