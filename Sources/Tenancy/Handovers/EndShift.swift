package import Core
package import Operations
package import Postgres

/// Ends the caller's shift and hands over: to a colleague, or to whoever of the department takes it. A shift lasts at
/// least 30 minutes, and nobody leaves with a critical alert that he has acknowledged.
package struct EndShift: JoinedOperation {
  package let handoverNotes: HandoverNotes
  /// Those of the alerts open with the caller that whoever comes must look at first.
  package let criticalAlerts: [AlertID]?
  package let followUpRequired: FollowUps?
  package let toUserId: UserID?

  package static let contract = Contract(
    name: "healthcare.endShift", route: .post("/shift/end"), summary: "End the shift and hand over",
    message: "Your shift is over.", access: .permission(.startShift), limit: .standard, mode: .write,
    audit: .row(action: "shift_ended_with_handover", category: .tenancy), cache: .never)

  package func run(_ call: inout WriteCall, _ work: OpenWork) async throws -> Document<EndedShiftKind> {
    let hospital = try call.hospital.id
    let person = try call.person
    let leaving = Leaving(
      notes: handoverNotes, receiver: toUserId, critical: criticalAlerts ?? [], followUps: followUpRequired,
      isEndOfShift: true)
    guard let handover = try await leaving.run(&call, work) else { throw Failure.internalFault }
    let rows = try await call.transaction.query(TenancyQueries.setDuty(of: person, in: hospital, to: false))
    guard let row = rows.first else { throw Failure.notFound("membership") }
    call.audit.resource("handover", handover)
    call.emit(.dutyChanged(of: person, to: false, in: hospital))
    return Document(json: [
      "userId": .string(person.text), "isOnDuty": .bool(try row.decode("isOnDuty")),
      "handoverId": .string(handover.text),
    ])
  }
}

/// The end of a shift.
package enum EndedShiftKind: Shaped {
  package static let shape = RowShape([
    .init("userId", "NULL", .uuid), .init("isOnDuty", "NULL", .boolean), .init("handoverId", "NULL", .uuid),
  ])
}

extension Event {
  static func dutyChanged(of person: UserID, to isOnDuty: Bool, in hospital: HospitalID) -> Event {
    Event(
      "staff:duty_changed", to: [.hospital(hospital)],
      payload: ["userId": .string(person.text), "isOnDuty": .bool(isOnDuty)])
  }
}
