package import Core
package import Operations
import Postgres

/// Saves the healthcare profile of somebody new, and with a code, an invitation or an organisation of his own brings him
/// into a hospital, for which his session speaks from then on.
package struct CompleteProfile: WriteOperation {
  package let name: NameText
  package let acceptTerms: Accepted
  package let acceptPrivacy: Accepted
  package let phone: PhoneNumber?
  package let department: DepartmentText?
  package let jobTitle: NameText?
  package let bio: ShortText?
  package let licenseNumber: LicenseNumber?
  package let availabilityStatus: Availability?
  package let contactPreferences: ContactPreferences?
  package let organizationCode: JoinCode?
  package let invitationToken: InvitationToken?
  package let organizationName: TenantName?
  /// One of the caller's hospitals.
  package let defaultHospitalId: HospitalID?

  package static let contract = Contract(
    name: "auth.completeProfile", aliases: ["auth.completeHealthcareProfile"], route: .post("/auth/profile"),
    summary: "Save your healthcare profile and come into a hospital", message: "Your profile is complete.",
    access: .signedIn, limit: RateLimit("auth.completeProfile", max: 10, windowSeconds: 300), mode: .write,
    audit: .row(action: "profile_completed", category: .security), cache: .never)

  package struct Output: Record {
    package let needsProfileCompletion: Bool
    package let hospitalId: HospitalID?
  }

  package func run(_ call: inout WriteCall) async throws -> Output {
    let person = try call.person
    let entrance = try Entrance(code: organizationCode, invitation: invitationToken, organization: organizationName)
    let known = call.caller?.memberships.contains { $0.hospitalID == defaultHospitalId } ?? false
    guard defaultHospitalId == nil || known else {
      throw Failure.invalid("defaultHospitalId", "is none of your hospitals", rule: "exists")
    }
    try await call.transaction.keep(
      ProfileChange(
        name: name, phone: phone, department: department, jobTitle: jobTitle, bio: bio, licenseNumber: licenseNumber,
        availability: availabilityStatus, contact: contactPreferences), of: person)
    call.transaction.queue(ProfileQueries.complete(person))
    let joined = try await entrance.open(&call)
    if let hospital = defaultHospitalId ?? joined, let session = call.caller?.sessionID {
      call.transaction.queue(ProfileQueries.choose(hospital, for: session))
    }
    call.audit.resource("user", person)
    return Output(
      needsProfileCompletion: false, hospitalId: defaultHospitalId ?? joined ?? call.caller?.hospital?.id)
  }
}
