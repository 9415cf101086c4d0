package import Operations
import Postgres

/// Shows what came of the caller's shift, the one he is in or his last.
package struct ShowShiftSummary: ReadOperation {
  package static let contract = Contract(
    name: "healthcare.getShiftSummary", route: .get("/shift-summary"), summary: "What came of my shift",
    message: "Your shift.", access: .permission(.startShift), limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .tenancy), cache: .never)

  package func run(_ call: ReadCall) async throws -> Document<ShiftSummaryKind> {
    try Document(
      try await call.row(LeavingQueries.shift(of: try call.person, in: try call.hospital.id), else: "membership"))
  }
}
