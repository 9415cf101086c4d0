package import Operations
import Postgres

/// Shows whether the caller is on duty, and since when.
package struct ShowDuty: ReadOperation {
  package static let contract = Contract(
    name: "healthcare.getOnDutyStatus", aliases: ["healthcare.getShiftStatus"], route: .get("/duty"),
    summary: "Am I on duty", message: "Your duty.", access: .permission(.viewShiftStatus), limit: .standard,
    mode: .read, audit: .refusalsOnly(category: .tenancy), cache: .never)

  package func run(_ call: ReadCall) async throws -> Document<DutyKind> {
    let statement = TenancyQueries.duty(of: try call.person, in: try call.hospital.id)
    return try Document(try await call.row(statement, else: "membership"))
  }
}
