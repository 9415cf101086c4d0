package import Core
package import Operations
import Postgres

/// Changes what the caller says of himself; what is not given stays as it is. Address, role, organisation and hospital
/// are no part of it: a field of that name is refused like any that Ward does not know.
package struct UpdateProfile: WriteOperation {
  package let name: NameText?
  package let phone: PhoneNumber?
  package let department: DepartmentText?
  package let jobTitle: NameText?
  package let bio: ShortText?
  package let licenseNumber: LicenseNumber?
  package let availabilityStatus: Availability?
  package let contactPreferences: ContactPreferences?

  package static let contract = Contract(
    name: "auth.updateProfile", aliases: ["user.updateProfile"], route: .patch("/profile"),
    summary: "Change your profile", message: "Your profile is changed.", access: .signedIn, limit: .standard,
    mode: .write, audit: .row(action: "profile_updated", category: .identity), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<ProfileKind> {
    try await call.transaction.keep(
      ProfileChange(
        name: name, phone: phone, department: department, jobTitle: jobTitle, bio: bio, licenseNumber: licenseNumber,
        availability: availabilityStatus, contact: contactPreferences), of: try call.person)
    call.audit.resource("user", try call.person)
    return try await call.transaction.profile(of: try call.person)
  }
}

extension Transaction {
  func keep(_ change: ProfileChange, of user: UserID) async throws {
    if let name = change.name { queue(ProfileQueries.rename(user, to: name)) }
    queue(ProfileQueries.change(user, change))
  }

  func profile(of user: UserID) async throws -> Document<ProfileKind> {
    guard let row = try await query(ProfileQueries.profile(of: user)).first else { throw Failure.notFound("person") }
    return try Document(row)
  }
}
