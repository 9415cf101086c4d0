package import Core
package import Operations
import Postgres
package import Tenancy

/// Puts those who wait for a doctor into another order: all of them, the next first.
package struct ReorderQueue: WriteOperation {
  package let doctorId: UserID
  /// Today where it is not given.
  package let date: CivilDate?
  package let version: QueueCount
  package let entryIds: [QueueEntryID]

  package static let contract = Contract(
    name: "queue.reorderQueue", aliases: ["queue.reorder"], route: .put("/doctors/{doctorId}/queue"),
    summary: "Put a doctor's queue into another order", message: "The queue has its new order.",
    access: .permission(.manageAppointments), limit: .standard, mode: .write,
    audit: .row(action: "queue_reordered", category: .scheduling), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> DoctorQueue {
    let hospital = try call.hospital.id
    let found = try await LockedQueue.lock(
      DayQueueQueries.find(of: doctorId, on: date?.text, in: hospital, locks: true), in: hospital, call.transaction)
    guard var queue = found else { throw Failure.notFound("queue") }
    guard queue.version == version.value else {
      throw Failure(
        .conflict, "The queue was changed meanwhile. Read it again.", details: ["version": .integer(queue.version)])
    }
    guard queue.line.reorder(entryIds) else {
      throw Failure.invalid("entryIds", "must be all who wait, each once", rule: "exists")
    }
    queue.save(reordered: true, gone: nil, in: hospital, &call)
    call.audit.resource("queue", queue.id)
    return try await call.shown(queue.id, in: hospital)
  }
}

/// Puts somebody who waits in front of all others, behind earlier emergencies only.
package struct BringForward: WriteOperation {
  package let queueEntryId: QueueEntryID

  package static let contract = Contract(
    name: "queue.handleEmergencyAppointment", aliases: ["queue.bringForward"],
    route: .post("/queue-entries/{queueEntryId}/emergency"), summary: "Put an emergency in front of a queue",
    message: "The emergency is in front.", access: .permission(.manageAppointments), limit: .standard, mode: .write,
    audit: .row(action: "queue_emergency", category: .scheduling), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> DoctorQueue {
    let hospital = try call.hospital.id
    guard let row = try await call.transaction.query(DayQueueQueries.queue(of: queueEntryId, in: hospital)).first else {
      throw Failure.notFound("queue entry")
    }
    let found = try await LockedQueue.lock(
      DayQueueQueries.lock(try row.decode("queue_id"), in: hospital), in: hospital, call.transaction)
    guard var queue = found else { throw Failure.internalFault }
    guard queue.line.bringForward(queueEntryId) else { throw Failure(.conflict, "This number does not wait any more.") }
    queue.save(reordered: true, gone: nil, in: hospital, &call)
    call.audit.resource("queue_entry", queueEntryId)
    return try await call.shown(queue.id, in: hospital)
  }
}

extension WriteCall {
  /// A queue of which this transaction has the lock, as it is now.
  fileprivate func shown(_ queue: DayQueueID, in hospital: HospitalID) async throws -> DoctorQueue {
    let results = try await transaction.queries([
      DayQueueQueries.lock(queue, in: hospital), DayQueueQueries.open(in: queue, hospital),
    ])
    guard results.count == 2, let row = results[0].first else { throw Failure.internalFault }
    return try DoctorQueue(row, results[1])
  }
}
