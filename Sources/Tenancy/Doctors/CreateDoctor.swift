package import Core
package import Operations
import Postgres

/// Makes a doctor of the caller's hospital: a person with that role, and his profile.
package struct CreateDoctor: PreparedOperation {
  package let name: NameText
  package let email: EmailAddress
  package let departmentId: DepartmentID?
  package let licenseNumber: LicenseNumber
  package let specialization: NameText?
  package let phone: PhoneNumber?
  package let qualification: Qualification?
  package let experienceYears: ExperienceYears?
  package let bio: ShortText?
  package let password: NewPassword?

  package static let contract = Contract(
    name: "doctors.create", route: .post("/doctors", status: 201), summary: "Make a doctor of the hospital",
    message: "The doctor is made.", access: .permission(.manageUsers), limit: .standard, mode: .write,
    audit: .row(action: "user_created", category: .identity), cache: .never)

  private var person: CreateUser {
    CreateUser(
      name: name, email: email, role: .doctor, departmentId: departmentId, licenseNumber: licenseNumber,
      specialization: specialization, phone: phone, password: password)
  }

  package func prepare(_ call: Preparation) async throws -> String? { try await person.prepare(call) }

  package func run(_ call: inout WriteCall, _ secret: String?) async throws -> Document<UserKind> {
    let made = try await person.run(&call, secret)
    guard let id = call.audit.resourceID.map(UserID.init(rawValue:)) else { throw Failure.internalFault }
    let details = DoctorDetails(qualification: qualification, experience: experienceYears, bio: bio)
    call.transaction.queue(DoctorQueries.keepProfile(of: id, in: try call.hospital.id, details))
    return made
  }
}
