package import Core
package import Operations
import Postgres

/// Changes a doctor of the caller's hospital; what is not given stays as it is.
package struct UpdateDoctor: WriteOperation {
  package let userId: UserID
  package let name: NameText?
  package let departmentId: DepartmentID?
  package let licenseNumber: LicenseNumber?
  package let specialization: NameText?
  package let phone: PhoneNumber?
  package let qualification: Qualification?
  package let experienceYears: ExperienceYears?
  package let bio: ShortText?

  package static let contract = Contract(
    name: "doctors.update", route: .put("/doctors/{userId}"), summary: "Change a doctor of the hospital",
    message: "The doctor is changed.", access: .permission(.manageUsers), limit: .standard, mode: .write,
    audit: .row(action: "user_updated", category: .identity), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<UserKind> {
    try await call.mustBeDoctor(userId)
    let details = DoctorDetails(qualification: qualification, experience: experienceYears, bio: bio)
    if !details.isEmpty {
      call.transaction.queue(DoctorQueries.keepProfile(of: userId, in: try call.hospital.id, details))
    }
    return try await UpdateUser(
      userId: userId, name: name, departmentId: departmentId, licenseNumber: licenseNumber,
      specialization: specialization, phone: phone
    ).run(&call)
  }
}
