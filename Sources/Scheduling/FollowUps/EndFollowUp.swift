package import Core
package import Operations
import Postgres

/// Books the further visit that was planned.
package struct BookFollowUp: WriteOperation {
  package let followUpId: FollowUpID
  package let startsAt: Timestamp
  /// Whose visit it was where nobody else is given.
  package let doctorId: UserID?
  package let minutes: AppointmentMinutes?

  package static let contract = Contract(
    name: "followUps.schedule", route: .post("/follow-ups/{followUpId}/appointment", status: 201),
    summary: "Book a further visit that was planned", message: "The further visit is booked.",
    access: .permission(.manageAppointments), limit: .standard, mode: .write,
    audit: .row(action: "follow_up_booked", category: .scheduling), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<FollowUpKind> {
    let (row, type) = try await call.openFollowUp(followUpId, in: [.planned, .pending, .due])
    var request = BookingRequest(
      patient: try row.decode("patientId"), doctor: try doctorId ?? row.decode("doctorId"),
      service: FollowUps.service, start: startsAt)
    request.minutes = minutes.map { Int($0.value) }
    request.priority = type.priority
    call.audit.resource("follow_up", followUpId)
    let booked = try await BookingDesk.book(request, &call).appointment.id
    return try await call.setFollowUp(followUpId, .scheduled, next: booked)
  }
}

/// Says that what was planned is done, also where nothing was booked for it.
package struct CompleteFollowUp: WriteOperation {
  package let followUpId: FollowUpID

  package static let contract = Contract(
    name: "followUps.complete", route: .post("/follow-ups/{followUpId}/completion"),
    summary: "Say that a further visit is done", message: "The plan is done.", access: .permission(.conductVisits),
    limit: .standard, mode: .write, audit: .row(action: "follow_up_completed", category: .scheduling), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<FollowUpKind> {
    _ = try await call.openFollowUp(followUpId, in: [.pending, .due, .scheduled])
    call.audit.resource("follow_up", followUpId)
    return try await call.setFollowUp(followUpId, .completed)
  }
}

/// Takes a plan back; what was booked for it stays.
package struct CancelFollowUp: WriteOperation {
  package let followUpId: FollowUpID

  package static let contract = Contract(
    name: "followUps.cancel", route: .delete("/follow-ups/{followUpId}"),
    summary: "Take a plan for a further visit back",
    message: "The plan is taken back.", access: .permission(.conductVisits), limit: .standard, mode: .write,
    audit: .row(action: "follow_up_cancelled", category: .scheduling), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<FollowUpKind> {
    _ = try await call.openFollowUp(followUpId, in: [.planned, .pending, .due, .scheduled])
    call.audit.resource("follow_up", followUpId)
    return try await call.setFollowUp(followUpId, .cancelled)
  }
}

extension WriteCall {
  /// The locked plan; a conflict where it stands otherwise.
  fileprivate func openFollowUp(_ id: FollowUpID, in states: [FollowUpStatus]) async throws -> (Row, FollowUpType) {
    let rows = try await transaction.query(FollowUpQueries.find(id, in: try hospital.id, locks: true))
    guard let row = rows.first else { throw Failure.notFound("plan") }
    guard let status = FollowUpStatus(rawValue: try row.decode("status")),
      let type = FollowUpType(rawValue: try row.decode("type"))
    else { throw Failure.internalFault }
    guard states.contains(status) else {
      throw Failure(.conflict, "The plan is \(status.rawValue).", details: ["status": .string(status.rawValue)])
    }
    return (row, type)
  }

  fileprivate func setFollowUp(
    _ id: FollowUpID, _ status: FollowUpStatus, next: AppointmentID? = nil
  ) async throws -> Document<FollowUpKind> {
    let rows = try await transaction.query(FollowUpQueries.set(id, status, next: next, in: try hospital.id))
    guard let row = rows.first else { throw Failure.internalFault }
    return try Document(row)
  }
}
