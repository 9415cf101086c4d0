package import Core
package import Operations
import Postgres

/// What a person gets who has just signed in: who he is, his token, and until when it is good.
package struct OpenedSession: Record {
  package struct Person: Record {
    package let id: UserID
    package let email: EmailAddress
    package let name: NameText
  }

  package let user: Person
  package let token: TokenText
  package let expiresAt: Timestamp
  package var session: SessionChange? { .begins(token: token.text, seconds: 7 * 86_400) }
  /// No part of the body.
  package private(set) var cookies: [BrowserCookie] = []

  private enum CodingKeys: String, CodingKey { case user, token, expiresAt }

  /// How somebody showed who he is.
  package enum Method: String, Sendable {
    case password, code, provider
  }

  /// Opens a session of seven days for this person, who speaks from here to the end of the transaction.
  package static func open(
    for user: UserID, email: EmailAddress, name: String, in hospital: HospitalID?, by method: Method = .password,
    isVerified: Bool = false, verifiedAt: Timestamp? = nil, _ call: inout WriteCall
  ) async throws -> OpenedSession {
    let session = SessionID.new(at: call.now)
    let token = SessionToken.new(.session)
    call.audit.actorID = user
    call.audit.hospitalID = hospital
    call.audit.sessionID = session
    call.transaction.queue(IdentityQueries.become(user, in: hospital))
    call.transaction.queue(IdentityQueries.noteLogin(of: user, from: call.origin.address))
    let device = try await call.rememberDevice(of: user, email: email)
    let rows = try await call.transaction.query(
      IdentityQueries.insertSession(
        session, user: user, hospital: hospital, token: token, address: call.origin.address,
        userAgent: call.origin.userAgent, method: method, isVerified: isVerified, verifiedAt: verifiedAt))
    guard let row = rows.first else { throw Failure.internalFault }
    var opened = OpenedSession(
      user: Person(id: user, email: email, name: NameText(unchecked: name)),
      token: TokenText(unchecked: token.text), expiresAt: try row.decode("expires_at"))
    opened.cookies = [device]
    return opened
  }
}

/// A secret as it stands in the one answer that shows it.
package struct TokenText: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 1...100 }
  package static var sample: String { "ws_pNqZ0W2bPQm3v5oE3hQk7mJ1m0rH4yqkY8kq2Jb1v6A" }
}
