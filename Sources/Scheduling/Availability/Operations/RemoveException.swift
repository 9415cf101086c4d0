import Core
package import Operations
import Postgres

/// Takes a time off or extra hours back.
package struct RemoveException: WriteOperation {
  package let exceptionId: AvailabilityExceptionID

  package static let contract = Contract(
    name: "availability.removeException", route: .delete("/availability-exceptions/{exceptionId}"),
    summary: "Remove a day off or extra hours", message: "The exception is removed.",
    access: .permission(.manageAvailability), limit: .standard, mode: .write,
    audit: .row(action: "availability_exception_removed", category: .scheduling), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<AvailabilityExceptionKind> {
    let rows = try await call.transaction.query(AvailabilityQueries.delete(exceptionId, in: try call.hospital.id))
    guard let row = rows.first else { throw Failure.notFound("exception") }
    let doctor = try row.decode("doctorId", as: UserID.self)
    try call.recomputesAvailability(of: doctor)
    call.audit.resource("availability_exception", exceptionId)
    call.audit.details["doctorId"] = .string(doctor.text)
    return try Document(row)
  }
}
