package import Core
import NIOCore
package import Operations
import Postgres

/// Proves that an address is one's own: by the token of the mailed link, or by the address and the mailed code.
/// Three tries for a code, 24 hours for both, once.
package struct VerifyEmail: PreparedOperation {
  package let token: ProofToken?
  package let email: EmailAddress?
  package let code: MailedCode?

  package static let contract = Contract(
    name: "auth.verifyEmail", route: .post("/auth/verify-email"), summary: "Prove that an e-mail address is yours",
    message: "The address is yours.", access: .everyone,
    limit: RateLimit("auth.verifyEmail", max: 10, windowSeconds: 60), mode: .write,
    audit: .row(action: "email_verified", category: .security), cache: .never)

  /// The try is counted before anything else, in a transaction of its own, so that a refusal does not take it back.
  package func prepare(_ call: Preparation) async throws -> JobID {
    let rows: Rows
    let column: String
    switch (token, email, code) {
    case (let token?, nil, nil):
      (rows, column) = (try await call.rows(ProofQueries.find(token, .verifyEmail)), "id")
    case (nil, let email?, let code?):
      let codes = MailProof.fingerprints(code.text, .verifyEmail, email, call.secrets)
      (rows, column) = (try await call.rows(ProofQueries.tryCode(codes, .verifyEmail, email: email)), "proof")
    default:
      throw Failure.invalid("token", "must be given, or email and code", rule: "required")
    }
    guard let proof = try rows.first?.decode(column, as: JobID?.self) else { throw Failure.proofIsOver }
    return proof
  }

  package func run(_ call: inout WriteCall, _ proof: JobID) async throws -> Done {
    let rows = try await call.transaction.query(ProofQueries.verifyEmail(proof))
    guard let user = try rows.first?.decode("user_id", as: UserID?.self) else { throw Failure.proofIsOver }
    call.audit.actorID = user
    call.audit.resource("user", user)
    return Done()
  }
}

extension Failure {
  /// The same for a proof that never was, that is over, and that was used.
  static let proofIsOver = Failure(
    .badRequest, "This link or code is wrong or good no more. Ask for a new one.", details: ["reason": "proof"])
}
