package import Core
package import Operations
import Postgres

/// Changes how urgently, or for which times, somebody waits.
package struct UpdateWaiting: WriteOperation {
  package let waitingEntryId: WaitingEntryID
  package let version: AppointmentVersion
  package let priority: AppointmentPriority?
  package let earliest: Timestamp?
  package let latest: Timestamp?

  package static let contract = Contract(
    name: "waitingList.update", route: .patch("/waiting-list/{waitingEntryId}"),
    summary: "Change what somebody waits for", message: "The entry is changed.",
    access: .permission(.manageAppointments), limit: .standard, mode: .write,
    audit: .row(action: "waiting_updated", category: .scheduling), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<WaitingEntryKind> {
    let hospital = try call.hospital.id
    let (row, _) = try await call.waiting(waitingEntryId, in: [.waiting])
    guard try row.decode("version", as: Int64.self) == version.value else {
      throw Failure(.conflict, "The entry was changed meanwhile. Read it again.")
    }
    let from = try earliest ?? row.decode("earliest"), until = try latest ?? row.decode("latest")
    guard until >= from, until > call.now else {
      throw Failure.invalid("latest", "must lie ahead, and after earliest", rule: "future")
    }
    call.audit.resource("waiting_entry", waitingEntryId)
    let rows = try await call.transaction.query(WaitingQueries.update(waitingEntryId, self, in: hospital))
    guard let changed = rows.first else { throw Failure.internalFault }
    return try Document(changed)
  }
}

/// Takes somebody off the list; a time that is held for him is given back.
package struct RemoveFromWaitingList: WriteOperation {
  package let waitingEntryId: WaitingEntryID

  package static let contract = Contract(
    name: "waitingList.remove", route: .delete("/waiting-list/{waitingEntryId}"),
    summary: "Take somebody off the waiting list", message: "He waits no more.",
    access: .permission(.manageAppointments), limit: .standard, mode: .write,
    audit: .row(action: "waiting_removed", category: .scheduling), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<WaitingEntryKind> {
    let hospital = try call.hospital.id
    let (_, held) = try await call.waiting(waitingEntryId, in: [.waiting, .notified])
    call.audit.resource("waiting_entry", waitingEntryId)
    // First the entry, so that giving the time back finds nobody to put on the list again.
    let rows = try await call.transaction.query(
      WaitingQueries.set(waitingEntryId, .removed, appointment: nil, in: hospital))
    if let held { _ = try await BookingDesk.release(held, cause: .patient, &call) }
    guard let row = rows.first else { throw Failure.internalFault }
    return try Document(row)
  }
}

extension WriteCall {
  /// The locked row of somebody who waits, with the time that is held for him; a conflict where it stands otherwise.
  func waiting(_ id: WaitingEntryID, in states: [WaitingStatus]) async throws -> (Row, held: AppointmentID?) {
    let hospital = try hospital.id
    // Bookings lock the appointment first and then the entry.
    let seen = try await transaction.query(WaitingQueries.find(id, in: hospital)).first
    guard let seen else { throw Failure.notFound("waiting entry") }
    if let held = try seen.decode("appointmentId", as: AppointmentID?.self) {
      _ = try await transaction.query(AppointmentQueries.find(held, in: hospital, locks: true))
    }
    guard let row = try await transaction.query(WaitingQueries.find(id, in: hospital, locks: true)).first,
      let status = WaitingStatus(rawValue: try row.decode("status"))
    else { throw Failure.internalFault }
    guard states.contains(status) else {
      throw Failure(.conflict, "The entry is \(status.rawValue).", details: ["status": .string(status.rawValue)])
    }
    return (row, status == .notified ? try row.decode("appointmentId") : nil)
  }
}
