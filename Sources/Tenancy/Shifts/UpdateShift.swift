package import Core
package import Operations
import Postgres

/// Moves a planned shift, or to another department; what is not given stays as it is.
package struct UpdateShift: WriteOperation {
  package let shiftId: ShiftID
  package let version: PlaceVersion
  package let departmentId: DepartmentID?
  package let from: Timestamp?
  package let to: Timestamp?

  package static let contract = Contract(
    name: "shifts.update", route: .patch("/shifts/{shiftId}"), summary: "Change a planned shift",
    message: "The shift is changed.", access: .permission(.manageSchedule),
    limit: .standard, mode: .write, audit: .row(action: "shift_changed", category: .tenancy), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<ShiftKind> {
    let hospital = try call.hospital.id
    try await call.transaction.mustHave(departmentId, in: hospital)
    let found = try await call.transaction.query(ShiftQueries.find(shiftId, in: hospital))
    guard let before = found.first else { throw Failure.notFound("shift") }
    let span = try ShiftSpan(
      from: try from ?? before.decode("starts_at"), to: try to ?? before.decode("ends_at"))
    let person = try before.decode("user_id", as: UserID.self)
    // Whoever left keeps his shifts, which may still be moved; two moves of one person wait for each other.
    _ = try await call.transaction.query(ShiftQueries.lock(person, in: hospital))
    try await call.transaction.mustBeFree(person, span, besides: shiftId, in: hospital)
    let rows = try await call.transaction.query(ShiftQueries.update(self, in: hospital, span))
    guard let row = rows.first else { throw Failure.unchanged("shift", exists: true) }
    call.audit.resource("shift", shiftId)
    call.audit.details["userId"] = .string(person.text)
    return try Document(row)
  }
}
