package import Core
package import Operations
import Postgres

/// Changes the caller's profile as a doctor; what is not given stays as it is.
package struct UpdateOwnProfile: WriteOperation {
  package let licenseNumber: LicenseNumber?
  package let specialization: NameText?
  package let qualification: Qualification?
  package let experienceYears: ExperienceYears?
  package let bio: ShortText?

  package static let contract = Contract(
    name: "doctors.updateProfile", route: .patch("/doctor-profile"), summary: "Change your profile as a doctor",
    message: "Your profile is changed.", access: .person, limit: .standard, mode: .write,
    audit: .row(action: "doctor_profile_updated", category: .identity), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<DoctorProfileKind> {
    let (hospital, person) = (try call.hospital.id, try call.person)
    try await call.mustPractise()
    _ = try await call.transaction.doctorProfile(of: person, in: hospital)
    let details = DoctorDetails(qualification: qualification, experience: experienceYears, bio: bio)
    call.transaction.queue(DoctorQueries.keepProfile(of: person, in: hospital, details))
    call.transaction.queue(
      UserQueries.update(
        person, in: hospital, UserDetails(license: licenseNumber?.text, specialization: specialization?.text)))
    call.audit.resource("user", person)
    return try await call.transaction.doctorProfile(of: person, in: hospital)
  }
}
