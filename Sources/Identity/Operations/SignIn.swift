package import Core
import NIOCore
package import Operations
import Postgres

/// Signs a person in with e-mail and password and opens a session of seven days.
package struct SignIn: PreparedOperation {
  package let email: EmailAddress
  package let password: PasswordText

  package static let contract = Contract(
    name: "auth.signIn", route: .post("/sessions", status: 201),
    summary: "Sign in with e-mail and password", message: "Signed in.", access: .everyone,
    limit: RateLimit(
      "auth.signIn", max: 5, windowSeconds: 60, apart: { $0["email"]?.text?.trimmed.lowercased() ?? "" }),
    mode: .write, audit: .row(action: "login", category: .security), cache: .never, answersWithSecret: true)

  package struct Person: Record {
    package let id: UserID
    package let email: EmailAddress
    package let name: NameText
  }

  package struct Output: Record {
    package let user: Person
    package let token: TokenText
    package let expiresAt: Timestamp
    package var session: SessionChange? { .begins(token: token.text, seconds: 7 * 86_400) }
  }

  package struct Prepared: Sendable {
    let user: UserID
    let name: String
    let hospital: HospitalID?
  }

  /// The same work and the same answer whether the person, the password or the account is the trouble.
  package func prepare(_ call: Preparation) async throws -> Prepared {
    let row = try await call.rows(IdentityQueries.password(of: email)).first
    let secret = try row?.decode("secret", as: String.self)
    let matches = try await call.passwords.verify(password.text, secret)
    guard let row, matches, try row.decode("is_usable", as: Bool.self) else {
      throw Failure(.unauthorized, "E-mail or password is wrong.")
    }
    return Prepared(
      user: try row.decode("user_id"), name: try row.decode("name"), hospital: try row.decode("hospital_id"))
  }

  package func run(_ call: inout WriteCall, _ who: Prepared) async throws -> Output {
    let session = SessionID.new(at: call.now)
    let token = SessionToken.new(.session)
    call.audit.actorID = who.user
    call.audit.hospitalID = who.hospital
    call.audit.sessionID = session
    call.transaction.queue(IdentityQueries.become(who.user, in: who.hospital))
    call.transaction.queue(IdentityQueries.noteLogin(of: who.user, from: call.origin.address))
    let rows = try await call.transaction.query(
      IdentityQueries.insertSession(
        session, user: who.user, hospital: who.hospital, token: token, address: call.origin.address,
        userAgent: call.origin.userAgent))
    guard let row = rows.first else { throw Failure.internalFault }
    return Output(
      user: Person(id: who.user, email: email, name: NameText(unchecked: who.name)),
      token: TokenText(unchecked: token.text), expiresAt: try row.decode("expires_at"))
  }
}

/// A secret as it stands in the one answer that shows it.
package struct TokenText: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 1...100 }
  package static var sample: String { "ws_pNqZ0W2bPQm3v5oE3hQk7mJ1m0rH4yqkY8kq2Jb1v6A" }
}
