package import Core
package import Operations
import Postgres

/// Shows a doctor to whoever thinks of seeing him.
package struct ShowPublicProfile: ReadOperation {
  package let userId: UserID

  package static let contract = Contract(
    name: "doctors.getPublicProfile", route: .get("/doctors/{userId}/profile"),
    summary: "Show a doctor to patients", message: "The doctor.", access: .permission(.viewHospital), limit: .standard,
    mode: .read, audit: .refusalsOnly(category: .scheduling), cache: .never)

  package func run(_ call: ReadCall) async throws -> Document<DoctorListingKind> {
    try Document(
      try await call.row(DoctorSearchQueries.profile(of: userId, in: try call.hospital.id), else: "doctor"))
  }
}
