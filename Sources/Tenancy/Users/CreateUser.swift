package import Core
import Identity
package import Operations
import Postgres

/// Makes a person in the caller's hospital; without a password nobody can sign in as him yet. Administrators are not
/// made here.
package struct CreateUser: PreparedOperation {
  package let name: NameText
  package let email: EmailAddress
  package let role: StaffRole
  package let departmentId: DepartmentID?
  package let licenseNumber: LicenseNumber?
  package let specialization: NameText?
  package let phone: PhoneNumber?
  package let password: NewPassword?

  package static let contract = Contract(
    name: "users.create", route: .post("/users", status: 201), summary: "Make a person of the hospital",
    message: "The person is made.", access: .permission(.manageUsers), limit: .standard, mode: .write,
    audit: .row(action: "user_created", category: .identity), cache: .never)

  package func prepare(_ call: Preparation) async throws -> String? {
    guard let password else { return nil }
    return try await call.secret(of: password, for: email)
  }

  package func run(_ call: inout WriteCall, _ secret: String?) async throws -> Document<UserKind> {
    let hospital = try call.hospital.id
    let id = UserID.new(at: call.now)
    let made = try await call.transaction.query(
      UserQueries.create(id, email: email, name: name, secret: secret))
    guard try made.first?.decode("made", as: Bool.self) == true else {
      throw Failure(.conflict, "There is an account with this e-mail address.", details: ["field": "email"])
    }
    let details = UserDetails(
      department: departmentId, license: licenseNumber?.text, specialization: specialization?.text,
      phone: phone?.text)
    call.transaction.queue(UserQueries.insertMembership(id, in: hospital, role: role.rawValue, details))
    call.audit.resource("user", id)
    call.audit.details["role"] = .string(role.rawValue)
    return try await call.transaction.person(id, in: hospital)
  }
}
