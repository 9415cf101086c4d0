package import Core
import FoundationEssentials
package import Operations
import Postgres
import Secrets

/// Takes a browser back from another provider, and opens a session for who it is there.
///
/// A new person comes to complete his profile; one who is known comes back to where he was. An address joins two
/// accounts only when both sides have verified it.
package struct FinishSignIn: PreparedServedOperation {
  package let provider: ProviderName
  package let state: StateText
  package let code: CodeText?
  /// What the provider says when it refused (RFC 6749, 4.1.2.1).
  package let error: CodeText?

  package static let contract = Contract(
    name: "auth.finishSignIn", route: .get("/auth/callback/{provider}"),
    summary: "Come back from another provider", message: "Signed in.", access: .everyone,
    limit: RateLimit("auth.finishSignIn", max: 20, windowSeconds: 60), mode: .write,
    audit: .row(action: "login", category: .security), cache: .never, answersWithSecret: true, provesIdentity: true)

  package struct Prepared: Sendable {
    let account: Providers.Account
    let returnTo: String
  }

  package struct Output: Record {
    /// Nil, as the token and its end, while the second factor is still to be shown: `auth.finishSecondFactor`.
    package let user: OpenedSession.Person?
    package let token: TokenText?
    package let expiresAt: Timestamp?
    package let isNewUser: Bool
    package let needsSecondFactor: Bool
    package let location: LocationText
    package var session: SessionChange? { token.map { .begins(token: $0.text, seconds: 7 * 86_400) } }
    /// No part of the body.
    package private(set) var cookies: [BrowserCookie] = []
    private enum CodingKeys: String, CodingKey {
      case user, token, expiresAt, isNewUser, needsSecondFactor, location
    }

    /// A session, or a ticket with which the second factor opens one.
    init(_ session: OpenedSession?, ticket: BrowserCookie?, isNew: Bool, location: String) {
      user = session?.user
      token = session?.token
      expiresAt = session?.expiresAt
      isNewUser = isNew
      needsSecondFactor = session == nil
      self.location = LocationText(unchecked: location)
      cookies = [BrowserCookie(.signIn, nil, seconds: 0)] + [ticket].compactMap(\.self) + (session?.cookies ?? [])
    }
    package var redirect: String? { location.text }
    package static var redirectsBrowsers: Bool { true }
  }

  package func prepare(_ call: Preparation, _ plugins: AuthPlugins) async throws -> Prepared {
    guard plugins.knows(provider.text) else { throw Failure.notFound("provider") }
    // Taken before anything is asked: a state is good once, whatever comes of it.
    let browser = BeginSignIn.hash(call.origin.cookies[.signIn] ?? "")
    let row = try await call.rows(
      ProviderQueries.take(BeginSignIn.hash(state.text), at: provider.text, browser: browser)
    ).first
    guard let sealed = try row?.decode("sealed", as: [UInt8]?.self),
      let kept = try? JSONParser.parse(
        call.secrets.open(sealed, for: .providerToken, place: "begun_sign_ins \(state.text)")),
      let nonce = kept["nonce"]?.text, let verifier = kept["verifier"]?.text, let code
    else { throw Failure(.unauthorized, "This sign-in was not begun here, or is over. Begin again.") }
    // By the way of the domain that it was begun in; one that was begun by an earlier version in the standard one.
    let domain = kept["domain"]?.text.map { AuthDomain(unchecked: $0) } ?? .standard
    let plugin = try plugins.plugin(ProviderPlugin.self, named: provider.text, in: domain)
    let account = try await plugin.verify(
      ProviderPlugin.Proof(code: code.text, nonce: nonce, verifier: verifier), call)
    return Prepared(account: account, returnTo: kept["returnTo"]?.text ?? "/")
  }

  package func run(_ call: inout WriteCall, _ prepared: Prepared) async throws -> Output {
    let account = prepared.account
    let person = try await Self.person(
      account.subject, at: provider.text, email: account.email, isVerified: account.isVerified, name: account.name,
      in: call.transaction, at: call.now)
    // Before the person speaks for himself: nobody does until the second factor was shown.
    if let ticket = try await SecondStep.begin(for: person.id, returnTo: prepared.returnTo, &call) {
      call.audit.details["provider"] = .string(provider.text)
      return Output(nil, ticket: ticket, isNew: false, location: SecondStep.page)
    }
    let session = try await OpenedSession.open(
      for: person.id, email: EmailAddress(unchecked: person.email), name: person.name, in: person.hospital,
      by: .provider, &call)
    let place = "linked_accounts \(provider.text) \(account.subject)"
    call.transaction.queue(
      ProviderQueries.keep(
        try call.secrets.seal(account.tokens.encoded, for: .providerToken, place: place), scope: account.scope,
        until: account.tokensExpireAt, of: account.subject, at: provider.text))
    call.audit.details["provider"] = .string(provider.text)
    return Output(
      session, ticket: nil, isNew: person.isNew, location: person.isNew ? "/complete-profile" : prepared.returnTo)
  }

  struct Person {
    let id: UserID
    let email: String
    let name: String
    let hospital: HospitalID?
    let isNew: Bool
  }

  /// Who an account elsewhere is here.
  static func person(
    _ subject: String, at provider: String, email: String?, isVerified: Bool, name: String?,
    in transaction: Transaction, at now: Timestamp
  ) async throws -> Person {
    let address = email.flatMap { try? EmailAddress($0) }?.text
    let called = name.flatMap { try? NameText(String($0.prefix(100))) }?.text ?? address ?? subject
    let rows = try await transaction.query(
      ProviderQueries.account(
        subject, at: provider, email: address, isVerified: isVerified, newID: UserID.new(at: now),
        name: String(called.prefix(100))))
    guard let row = rows.first else { throw Failure.internalFault }
    switch try row.decode("outcome", as: String.self) {
    case "unverified":
      throw Failure(
        .forbidden, "The provider has not verified your e-mail address, so it cannot tell who you are here.")
    case "taken":
      throw Failure(
        .conflict, "There is an account with your e-mail address, which has not been verified. Sign in to it first.")
    case let outcome:
      guard try row.decode("is_usable", as: Bool.self) else {
        throw Failure(.unauthorized, "This account is not in use.")
      }
      return Person(
        id: try row.decode("user_id"), email: try row.decode("email"), name: try row.decode("name"),
        hospital: try row.decode("hospital_id"), isNew: outcome == "new")
    }
  }
}

/// The state that a sign-in was begun with.
package struct StateText: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 1...200 }
  package static var sample: String { "pNqZ0W2bPQm3v5oE3hQk7mJ1m0rH4yqkY8kq2Jb1v6A" }
}

/// A code, or a word of refusal, from a provider.
package struct CodeText: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 1...2000 }
  package static var sample: String { "SplxlOBeZQQYbYS6WxSbIA" }
}
