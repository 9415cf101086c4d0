package import Core
package import Operations
import Postgres

/// Changes a person of the caller's hospital; what is not given stays as it is.
package struct UpdateUser: WriteOperation {
  package let userId: UserID
  package let name: NameText?
  package let departmentId: DepartmentID?
  package let licenseNumber: LicenseNumber?
  package let specialization: NameText?
  package let phone: PhoneNumber?

  package static let contract = Contract(
    name: "users.update", route: .put("/users/{userId}"), summary: "Change a person of the hospital",
    message: "The person is changed.", access: .permission(.manageUsers), limit: .standard, mode: .write,
    audit: .row(action: "user_updated", category: .identity), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<UserKind> {
    let hospital = try call.hospital.id
    _ = try await call.managed(userId)
    if let name { call.transaction.queue(UserQueries.rename(userId, to: name.text)) }
    let details = UserDetails(
      department: departmentId, license: licenseNumber?.text, specialization: specialization?.text,
      phone: phone?.text)
    call.transaction.queue(UserQueries.update(userId, in: hospital, details))
    call.audit.resource("user", userId)
    return try await call.transaction.person(userId, in: hospital)
  }
}
