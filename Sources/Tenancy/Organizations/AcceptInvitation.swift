package import Core
package import Operations
import Postgres

/// Becomes a member by an invitation: once, and only the person whose address was invited.
package struct AcceptInvitation: WriteOperation {
  package let token: InvitationToken

  package static let contract = Contract(
    name: "organization.acceptInvitation", route: .post("/invitations/acceptance"), summary: "Accept an invitation",
    message: "Welcome.", access: .person, limit: RateLimit("invitation", max: 20, windowSeconds: 60), mode: .write,
    audit: .row(action: "invitation_accepted", category: .security), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Joined {
    _ = try call.person
    return try await Joined(try await call.transaction.query(InvitationQueries.accept(token)), &call)
  }
}

/// In which hospital somebody works from now on, and as what.
package struct Joined: Record {
  package let hospitalId: HospitalID
  package let role: NameText

  /// From the outcome of joining; throws what stood in the way. The deed stands in the log of the hospital that was
  /// joined, unless the caller acted for another one.
  init(_ rows: Rows, _ call: inout WriteCall) async throws {
    guard let row = rows.first else { throw Failure.internalFault }
    let outcome: String = try row.decode("outcome")
    guard outcome == "joined" else { throw Self.refusal(outcome) }
    hospitalId = try row.decode("joined_hospital")
    role = NameText(unchecked: try row.decode("joined_role"))
    call.audit.resource("hospital", hospitalId)
    call.audit.details["role"] = .string(role.text)
    if call.caller?.hospital == nil {
      call.audit.hospitalID = hospitalId
      call.transaction.queue(OrganizationQueries.enter(hospitalId))
    }
  }

  private static func refusal(_ outcome: String) -> Failure {
    switch outcome {
    case "unknown": .notFound("invitation or code")
    case "address": Failure(.forbidden, "This invitation was sent to another address.")
    case "member": Failure(.conflict, "You belong to this hospital already.")
    case "accepted": Failure(.conflict, "This invitation was accepted already.")
    case "used up": Failure(.badRequest, "This code was used as often as it may be.", details: ["reason": "limit"])
    default: Failure(.badRequest, "This is good no more.", details: ["reason": "expired"])
    }
  }
}
