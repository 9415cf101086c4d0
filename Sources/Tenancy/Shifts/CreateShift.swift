package import Core
package import Operations
import Postgres

/// Plans a shift of somebody: 30 minutes to 24 hours, at no time when he has another. Less than 8 hours of rest before
/// or after is a warning in the answer.
package struct CreateShift: WriteOperation {
  package let userId: UserID
  package let departmentId: DepartmentID?
  package let from: Timestamp
  package let to: Timestamp

  package static let contract = Contract(
    name: "shifts.create", route: .post("/shifts", status: 201), summary: "Plan a shift",
    message: "The shift is planned.", access: .permission(.manageSchedule),
    limit: .standard, mode: .write, audit: .row(action: "shift_planned", category: .tenancy), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<ShiftKind> {
    let hospital = try call.hospital.id
    let span = try ShiftSpan(from: from, to: to)
    try await call.transaction.mustWork(userId, in: hospital)
    try await call.transaction.mustHave(departmentId, in: hospital)
    let id = ShiftID.new(at: call.now)
    let rows = try await call.transaction.query(
      ShiftQueries.insert(id, in: hospital, self, span, by: try call.person))
    guard let row = rows.first else {
      try await call.transaction.mustBeFree(userId, span, besides: nil, in: hospital)
      throw Failure.internalFault
    }
    call.audit.resource("shift", id)
    call.audit.details["userId"] = .string(userId.text)
    return try Document(row)
  }
}

extension Transaction {
  /// Locks somebody's membership; refuses whom the hospital does not employ.
  func mustWork(_ person: UserID, field: String = "userId", in hospital: HospitalID) async throws {
    let rows = try await query(ShiftQueries.lock(person, in: hospital))
    guard let row = rows.first, try row.decode("is_active", as: Bool.self) else {
      throw Failure.invalid(field, "is nobody who works in this hospital", rule: "exists")
    }
  }

  /// Refuses a span that lies over another shift of the person, and names that shift.
  func mustBeFree(_ person: UserID, _ span: ShiftSpan, besides id: ShiftID?, in hospital: HospitalID) async throws {
    let rows = try await query(ShiftQueries.overlap(of: person, in: hospital, span, besides: id))
    guard let row = rows.first else { return }
    throw Failure(
      .conflict, "This person has another shift at that time.",
      details: [
        "shiftId": .string(try row.decode("id", as: ShiftID.self).text),
        "from": try row.decode("starts_at", as: Timestamp.self).json,
        "to": try row.decode("ends_at", as: Timestamp.self).json,
      ])
  }
}
