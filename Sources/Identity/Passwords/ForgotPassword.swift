package import Core
package import Operations

/// Mails a link for a new password to whoever has the address. Nobody learns by it whether somebody has.
package struct ForgotPassword: WriteOperation {
  package let email: EmailAddress

  package static let contract = Contract(
    name: "auth.forgotPassword", aliases: ["auth.requestPasswordReset"], route: .post("/auth/forgot-password"),
    summary: "Ask for a new password by mail",
    message: "If there is an account with this address, a letter is on its way.", access: .everyone,
    limit: RateLimit(
      "auth.forgotPassword", max: 5, windowSeconds: 600, apart: { $0["email"]?.text?.trimmed.lowercased() ?? "" }),
    mode: .write, audit: .row(action: "password_reset_requested", category: .security), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Done {
    try await MailProof.send("reset-password", .resetPassword, to: email, &call)
    return Done()
  }
}
