package import Core
package import Operations
import Postgres

/// Invites 1 to 50 people by mail to a role of the caller's hospital. Who is invited again follows the newest link
/// only; who is a member already is named and not invited.
package struct InviteMembers: WriteOperation {
  package let emails: AddressList
  package let role: AnyStaffRole
  package let departmentId: DepartmentID?
  package let message: ShortText?
  package let expiresInHours: HoursGood?

  package static let contract = Contract(
    name: "organization.inviteMembers", route: .post("/invitations", status: 201), summary: "Invite people by mail",
    message: "The invitations are on their way.", access: .permission(.inviteMembers),
    limit: RateLimit("organization.inviteMembers", max: 50, windowSeconds: 3600), mode: .write,
    audit: .row(action: "members_invited", category: .security), cache: .never)

  package struct Output: Record {
    package struct Invited: Record {
      package let id: InvitationID
      package let email: EmailAddress
    }
    package let invited: [Invited]
    /// Who is a member already.
    package let members: [EmailAddress]
  }

  var hours: Int { Int((expiresInHours ?? .week).value) }

  package func run(_ call: inout WriteCall) async throws -> Output {
    let hospital = try call.hospital
    try call.mayGive(role)
    try await call.transaction.mustHave(departmentId, in: hospital.id)
    let found = try await call.transaction.query(
      InvitationQueries.members(among: emails.addresses.map(\.text), in: hospital.id))
    let members = Set(try found.map { try $0.decode("email", as: String.self) })
    let new = emails.addresses.filter { !members.contains($0.text) }.map {
      NewInvitation(id: .new(at: call.now), address: $0, token: .new())
    }
    call.transaction.queue(InvitationQueries.revokeEarlier(to: new.map(\.address.text), in: hospital.id))
    try await call.transaction.query(InvitationQueries.insert(new, in: hospital.id, by: try call.person, self))
    for each in new { try send(each, from: hospital, &call) }
    call.audit.details = ["role": .string(role.rawValue), "invited": .integer(Int64(new.count))]
    return Output(
      invited: new.map { Output.Invited(id: $0.id, email: $0.address) },
      members: emails.addresses.filter { members.contains($0.text) })
  }

  private func send(_ new: NewInvitation, from hospital: Caller.Hospital, _ call: inout WriteCall) throws {
    var values: [String: JSONValue] = [
      "token": .string(new.token.text), "hospital": .string(hospital.name), "role": .string(role.rawValue),
      "inviter": .string(call.caller?.name ?? ""), "hours": .integer(Int64(hours)),
    ]
    if let message { values["message"] = .string(message.text) }
    try call.send(Mail("invitation", to: new.address, values: values))
  }
}

extension WriteCall {
  /// Refuses a role that none of the caller's own may give.
  func mayGive(_ role: AnyStaffRole) throws(Failure) {
    guard let wanted = Role(rawValue: role.rawValue), try callerManages(wanted) else {
      throw Failure(.forbidden, "Your own role may not give this one.")
    }
  }
}

extension Transaction {
  /// Refuses a department that the hospital does not have.
  func mustHave(_ department: DepartmentID?, in hospital: HospitalID) async throws {
    guard let department else { return }
    guard try await !query(TenancyQueries.departmentExists(department, in: hospital)).isEmpty else {
      throw Failure.invalid("departmentId", "refers to nothing in this hospital", rule: "exists")
    }
  }
}
