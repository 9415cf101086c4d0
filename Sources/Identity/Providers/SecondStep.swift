import Core
import Operations
import Postgres

/// A sign-in at another provider that waits for the second factor: a ticket of 256 random bits in a cookie.
enum SecondStep {
  static let seconds = 300
  /// Where a browser is sent to type the code.
  static let page = "/?sign-in=code"
  static let noTicket = BrowserCookie(.secondStep, nil, seconds: 0)
  static let isOver = Failure(.unauthorized, "This sign-in is over. Begin again.")

  static func hash(_ ticket: String) -> [UInt8] { BeginSignIn.hash(ticket) }

  /// Nil for who has no second factor; otherwise the ticket, with which nobody is signed in yet.
  static func begin(for user: UserID, returnTo: String, _ call: inout WriteCall) async throws -> BrowserCookie? {
    let factor = try await call.transaction.query(FactorQueries.factor(of: user)).first
    guard try factor?.decode("is_confirmed", as: Bool.self) == true else { return nil }
    let ticket = BeginSignIn.random()
    call.transaction.queue(SecondStepQueries.begin(hash(ticket), of: user, returnTo: returnTo, seconds: seconds))
    call.audit.actorID = user
    call.audit.details["secondFactor"] = "pending"
    return BrowserCookie(.secondStep, ticket, seconds: seconds)
  }
}
