import Core
package import Operations
import Postgres

/// Shows the caller's profile as a doctor of his hospital.
package struct GetOwnProfile: ReadOperation {
  package static let contract = Contract(
    name: "doctors.getProfile", route: .get("/doctor-profile"), summary: "Show your profile as a doctor",
    message: "Your profile.", access: .person, limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .identity),
    cache: .lasts(.doctorProfile, dependsOn: [.doctorProfiles, .memberships], for: .samePerson))

  package func run(_ call: ReadCall) async throws -> Document<DoctorProfileKind> {
    guard call.caller?.role.map(Role.doctors.contains) ?? false else { throw Failure.noDoctor }
    let statement = DoctorQueries.profile(of: try call.person, in: try call.hospital.id)
    return try Document(try await call.row(statement, else: "profile"))
  }
}
