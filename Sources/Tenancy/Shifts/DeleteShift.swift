import Core
package import Operations
import Postgres

/// Takes a planned shift off the plan.
package struct DeleteShift: WriteOperation {
  package let shiftId: ShiftID

  package static let contract = Contract(
    name: "shifts.delete", route: .delete("/shifts/{shiftId}"), summary: "Remove a planned shift",
    message: "The shift is removed.", access: .permission(.manageSchedule),
    limit: .standard, mode: .write, audit: .row(action: "shift_removed", category: .tenancy), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<ShiftKind> {
    let rows = try await call.transaction.query(ShiftQueries.delete(shiftId, in: try call.hospital.id))
    guard let row = rows.first else { throw Failure.notFound("shift") }
    call.audit.resource("shift", shiftId)
    return try Document(row)
  }
}
