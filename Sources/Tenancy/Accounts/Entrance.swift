import Core
import Crypto
import FoundationEssentials
import Operations
import Postgres

/// How somebody comes into a hospital by himself: with a code, an invitation, or an organisation of his own.
struct Entrance: Sendable {
  let code: JoinCode?
  let invitation: InvitationToken?
  let organization: TenantName?

  /// One of the three or none.
  init(code: JoinCode?, invitation: InvitationToken?, organization: TenantName?) throws(Failure) {
    let given = [
      code.map { _ in "organizationCode" }, invitation.map { _ in "invitationToken" },
      organization.map { _ in "organizationName" },
    ].compactMap { $0 }
    guard given.count <= 1 else {
      throw .invalid(given.dropFirst().map { FieldProblem(path: $0, message: "excludes \(given[0])", rule: "oneOf") })
    }
    self.code = code
    self.invitation = invitation
    self.organization = organization
  }

  /// Lets the person of the transaction in; nil when there was nothing to come in by.
  func open(_ call: inout WriteCall) async throws -> HospitalID? {
    if let code { return try await Joined(call.transaction.query(InvitationQueries.use(code)), &call).hospitalId }
    if let invitation {
      return try await Joined(call.transaction.query(InvitationQueries.accept(invitation)), &call).hospitalId
    }
    guard let organization else { return nil }
    let slug = Self.slug(of: organization.text)
    let new = NewOrganization(
      id: .new(at: call.now), name: organization.text, slug: slug, kind: OrganizationType.business.rawValue,
      hospital: .new(at: call.now), hospitalName: organization.text, subdomain: slug,
      hospitalKind: HospitalType.hospital.rawValue, timeZone: "UTC")
    try await new.write(nil, call.transaction)
    call.audit.details["organizationId"] = .string(new.id.text)
    return new.hospital
  }

  /// From the name's letters and digits, with six random ones, so that it is taken by nobody.
  private static func slug(of name: String) -> String {
    let words = name.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }.joined(separator: "-")
    let random = SymmetricKey(size: .bits128).withUnsafeBytes { Data($0) }.prefix(3)
      .map { String(UInt16($0) + 256, radix: 16).dropFirst() }.joined()
    let start = words.prefix(40)
    return (start.isEmpty ? "o" : start) + "-" + random
  }
}
