import Core
package import Operations
import Postgres

/// Takes the time that is held for somebody who waits: it is his appointment now.
package struct AcceptOffer: WriteOperation {
  package let waitingEntryId: WaitingEntryID

  package static let contract = Contract(
    name: "waitingList.accept", route: .post("/waiting-list/{waitingEntryId}/acceptance"),
    summary: "Take the time that is held for somebody who waits", message: "The appointment is made.",
    access: .permission(.manageAppointments), limit: .standard, mode: .write,
    audit: .row(action: "waiting_accepted", category: .scheduling), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<WaitingEntryKind> {
    let (_, held) = try await call.waiting(waitingEntryId, in: [.notified])
    guard let held else { throw Failure.internalFault }
    call.audit.resource("waiting_entry", waitingEntryId)
    _ = try await BookingDesk.advance(held, to: .scheduled, &call)
    return try await call.waitingEntry(waitingEntryId)
  }
}

/// Says no to the time that is held for somebody: the next one is offered it, and he waits for another.
package struct DeclineOffer: WriteOperation {
  package let waitingEntryId: WaitingEntryID

  package static let contract = Contract(
    name: "waitingList.decline", route: .post("/waiting-list/{waitingEntryId}/refusal"),
    summary: "Say no to the time that is held for somebody who waits", message: "He waits for another time.",
    access: .permission(.manageAppointments), limit: .standard, mode: .write,
    audit: .row(action: "waiting_declined", category: .scheduling), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<WaitingEntryKind> {
    let (_, held) = try await call.waiting(waitingEntryId, in: [.notified])
    guard let held else { throw Failure.internalFault }
    call.audit.resource("waiting_entry", waitingEntryId)
    _ = try await BookingDesk.release(held, cause: .patient, &call)
    return try await call.waitingEntry(waitingEntryId)
  }
}

extension WriteCall {
  fileprivate func waitingEntry(_ id: WaitingEntryID) async throws -> Document<WaitingEntryKind> {
    guard let row = try await transaction.query(WaitingQueries.find(id, in: try hospital.id)).first else {
      throw Failure.internalFault
    }
    return try Document(row)
  }
}
