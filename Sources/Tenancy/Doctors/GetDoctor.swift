package import Core
package import Operations
import Postgres

/// Shows one active doctor.
package struct GetDoctor: ReadOperation {
  package let userId: UserID

  package static let contract = Contract(
    name: "doctors.getById", route: .get("/doctors/{userId}"), summary: "Show a doctor", message: "The doctor.",
    access: .permission(.viewShiftStatus), limit: .standard, mode: .read, audit: .refusalsOnly(category: .tenancy),
    cache: .lasts(.doctorProfile, dependsOn: [.doctorProfiles, .memberships, .users]))

  package func run(_ call: ReadCall) async throws -> Document<DoctorKind> {
    let statement = UserQueries.doctor(userId, in: try call.hospital.id)
    return try Document(try await call.row(statement, else: "doctor"))
  }
}
