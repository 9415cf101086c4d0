import Core
package import Operations

/// Mails the caller a new link and code for his address; the ones before are over.
package struct ResendVerification: WriteOperation {
  package static let contract = Contract(
    name: "auth.resendVerificationEmail", route: .post("/auth/verification-email"),
    summary: "Send the verification mail again", message: "The letter is on its way.", access: .signedIn,
    limit: RateLimit("auth.resendVerificationEmail", max: 3, windowSeconds: 600), mode: .write,
    audit: .row(action: "verification_sent", category: .security), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Done {
    let person = try call.person
    guard let text = call.caller?.email else { throw Failure(.forbidden, "Only a person can do this.") }
    call.audit.resource("user", person)
    try await MailProof.send("verify-email", .verifyEmail, to: EmailAddress(text), &call)
    return Done()
  }
}
