package import Core
package import Operations
import Postgres

/// Makes the caller's profile as a doctor of his hospital: one, with a licence number that no colleague has.
package struct CreateOwnProfile: WriteOperation {
  package let licenseNumber: LicenseNumber
  package let specialization: NameText
  package let qualification: Qualification
  package let experienceYears: ExperienceYears
  package let bio: ShortText?

  package static let contract = Contract(
    name: "doctors.createProfile", route: .post("/doctor-profile", status: 201),
    summary: "Make your profile as a doctor", message: "Your profile is made.", access: .person, limit: .standard,
    mode: .write, audit: .row(action: "doctor_profile_created", category: .identity), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<DoctorProfileKind> {
    let (hospital, person) = (try call.hospital.id, try call.person)
    try await call.mustPractise()
    let details = DoctorDetails(qualification: qualification, experience: experienceYears, bio: bio)
    guard try await !call.transaction.query(DoctorQueries.insertProfile(of: person, in: hospital, details)).isEmpty
    else { throw Failure(.conflict, "You have a profile. Change that one.", details: ["field": "userId"]) }
    call.transaction.queue(
      UserQueries.update(
        person, in: hospital, UserDetails(license: licenseNumber.text, specialization: specialization.text)))
    call.audit.resource("user", person)
    return try await call.transaction.doctorProfile(of: person, in: hospital)
  }
}

extension WriteCall {
  /// Only a doctor has a doctor's profile.
  func mustPractise() async throws {
    let rows = try await transaction.query(UserQueries.lockRole(of: try person, in: try hospital.id))
    guard let role: String = try rows.first?.decode("role"), Role.doctors.contains(role) else {
      throw Failure.noDoctor
    }
  }
}

extension Failure {
  static let noDoctor = Failure(.forbidden, "Only a doctor has such a profile.")
}

extension Transaction {
  func doctorProfile(of id: UserID, in hospital: HospitalID) async throws -> Document<DoctorProfileKind> {
    let rows = try await query(DoctorQueries.profile(of: id, in: hospital))
    guard let row = rows.first else { throw Failure.notFound("profile") }
    return try Document(row)
  }
}
