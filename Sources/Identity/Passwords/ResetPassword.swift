package import Core
import NIOCore
package import Operations
import Postgres

/// Sets a new password by the token of a mailed link, once; every session of the person ends.
package struct ResetPassword: PreparedOperation {
  package let token: ProofToken
  package let newPassword: NewPassword

  package static let contract = Contract(
    name: "auth.resetPassword", route: .post("/auth/reset-password"), summary: "Set a new password by a mailed link",
    message: "The password is changed. Sign in with it.", access: .everyone,
    limit: RateLimit("auth.resetPassword", max: 5, windowSeconds: 60), mode: .write,
    audit: .row(action: "password_reset", category: .security), cache: .never)

  package struct Prepared: Sendable {
    let proof: JobID
    let email: EmailAddress
    let name: String
    let secret: String
  }

  package func prepare(_ call: Preparation) async throws -> Prepared {
    let row = try await call.rows(ProofQueries.find(token, .resetPassword)).first
    // Hashed in both cases, so that both take as long.
    let email = EmailAddress(unchecked: try row?.decode("email") ?? "@")
    let secret = try await call.secret(of: newPassword, for: email, field: "newPassword")
    guard let row else { throw Failure.proofIsOver }
    return Prepared(proof: try row.decode("id"), email: email, name: try row.decode("name"), secret: secret)
  }

  package func run(_ call: inout WriteCall, _ new: Prepared) async throws -> Done {
    let rows = try await call.transaction.query(ProofQueries.resetPassword(new.proof, secret: new.secret))
    guard let user = try rows.first?.decode("user_id", as: UserID?.self) else { throw Failure.proofIsOver }
    call.audit.actorID = user
    call.audit.resource("user", user)
    try await call.liftLocks(of: user, email: new.email)
    try call.send(Mail("password-changed", to: new.email, values: ["name": .string(new.name)]))
    return Done()
  }
}
