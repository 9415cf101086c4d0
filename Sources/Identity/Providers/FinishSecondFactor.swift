package import Core
import NIOCore
package import Operations
import Postgres

/// Ends a sign-in that was begun at another provider by somebody with a second factor: until it is shown there is no
/// session. The ticket of the browser is good once, for five minutes; wrong codes count as at every sign-in.
package struct FinishSecondFactor: PreparedOperation {
  package let code: OneTimeCode?
  package let backupCode: BackupCode?

  package static let contract = Contract(
    name: "auth.finishSecondFactor", route: .post("/auth/second-factor", status: 201),
    summary: "Show the second factor after another provider's sign-in", message: "Signed in.", access: .everyone,
    limit: RateLimit("auth.finishSecondFactor", max: 20, windowSeconds: 60), mode: .write,
    audit: .row(action: "login", category: .security), cache: .never, answersWithSecret: true, provesIdentity: true)

  package struct Prepared: Sendable {
    let user: UserID
    let email: EmailAddress
    let name: String
    let hospital: HospitalID?
    let returnTo: String
    let isVerified: Bool
  }

  package struct Output: Record {
    package let user: OpenedSession.Person
    package let token: TokenText
    package let expiresAt: Timestamp
    /// Where the person goes on.
    package let location: LocationText
    package var session: SessionChange? { .begins(token: token.text, seconds: 7 * 86_400) }
    /// No part of the body.
    package private(set) var cookies: [BrowserCookie] = []
    private enum CodingKeys: String, CodingKey { case user, token, expiresAt, location }

    init(_ session: OpenedSession, location: String) {
      user = session.user
      token = session.token
      expiresAt = session.expiresAt
      self.location = LocationText(unchecked: location)
      cookies = session.cookies + [SecondStep.noTicket]
    }
  }

  package func prepare(_ call: Preparation) async throws -> Prepared {
    guard let ticket = call.origin.cookies[.secondStep], !ticket.isEmpty,
      let row = try await call.rows(SecondStepQueries.find(SecondStep.hash(ticket))).first
    else { throw SecondStep.isOver }
    let user: UserID = try row.decode("user_id")
    let guess = try await Guess.secondFactor(of: user, call)
    return try await guess.ending(call) {
      let shown = try await SecondFactor.shown(code, or: backupCode, of: user, call)
      switch shown {
      case .missing: return (.undecided, .failure(SecondFactor.missing))
      case .wrong: return (.failed, .failure(SecondFactor.wrong))
      // He has taken it away in the meantime, in a session that he had.
      case .right, .notNeeded: break
      }
      let taken = try await call.rows(SecondStepQueries.take(SecondStep.hash(ticket))).first
      guard try taken?.decode("taken", as: Bool.self) == true else {
        return (.undecided, .failure(SecondStep.isOver))
      }
      return (
        .passed,
        .success(
          Prepared(
            user: user, email: EmailAddress(unchecked: try row.decode("email")), name: try row.decode("name"),
            hospital: try row.decode("hospital_id"), returnTo: try row.decode("return_to"),
            isVerified: shown == .right))
      )
    }
  }

  package func run(_ call: inout WriteCall, _ who: Prepared) async throws -> Output {
    let session = try await OpenedSession.open(
      for: who.user, email: who.email, name: who.name, in: who.hospital, by: .provider, isVerified: who.isVerified,
      &call)
    return Output(session, location: who.returnTo)
  }
}
