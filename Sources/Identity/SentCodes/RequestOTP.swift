package import Core
package import Operations
import Postgres

/// Sends a code for signing in, if somebody has the address; the answer is the same if nobody has.
package struct RequestOTP: WriteOperation {
  package let email: EmailAddress
  package let channel: CodeChannel?

  package static let contract = Contract(
    name: "auth.requestOTP", route: .post("/auth/otp"), summary: "Ask for a sign-in code",
    message: "If there is an account with this address, a code is on its way.", access: .everyone,
    limit: RateLimit("auth.requestOTP", max: 20, windowSeconds: 60), mode: .write,
    audit: .row(action: "code_requested", category: .security), cache: .never)

  package struct Output: Record {
    /// By which way it was sent.
    package let channel: NameText
    package let expiresInSeconds: LifetimeSeconds
  }

  package func run(_ call: inout WriteCall) async throws -> Output {
    let code = OneTimeCode.random()
    guard let fingerprint = SentCode.fingerprints(code, to: email, call.secrets).first else {
      throw Failure.internalFault
    }
    let begun = try await call.transaction.query(SentCodeQueries.begin(SentCode.key(of: email), fingerprint))
    guard let wait = try begun.first?.decode("wait_seconds", as: Int.self) else { throw Failure.internalFault }
    guard wait == 0 else {
      throw Failure(
        .tooManyRequests, "A code was sent already. Wait before you ask for another.",
        details: ["limit": "auth.requestOTP"], retryAfterSeconds: wait)
    }
    let person = try await call.transaction.query(SentCodeQueries.person(of: email)).first
    let way = channel ?? .email
    try way.queue(code, to: email, name: person?.decode("name", as: String.self), &call)
    return Output(
      channel: NameText(unchecked: way.rawValue), expiresInSeconds: LifetimeSeconds(unchecked: SentCode.seconds))
  }
}
