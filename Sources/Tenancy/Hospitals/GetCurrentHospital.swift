package import Operations
import Postgres

/// Shows the hospital of the call.
package struct GetCurrentHospital: ReadOperation {
  package static let contract = Contract(
    name: "hospitals.getCurrent", aliases: ["healthcare.getHospital"], route: .get("/hospital"),
    summary: "Show my hospital", message: "The hospital.", access: .permission(.viewHospital), limit: .standard,
    mode: .read, audit: .refusalsOnly(category: .tenancy), cache: .lasts(.hospital, dependsOn: [.hospitals]))

  package func run(_ call: ReadCall) async throws -> Document<HospitalKind> {
    try Document(try await call.row(HospitalQueries.hospital(try call.hospital.id), else: "hospital"))
  }
}
