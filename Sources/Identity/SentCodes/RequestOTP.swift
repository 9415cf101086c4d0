package import Core
package import Operations
import Postgres
import Secrets

/// Sends a code for signing in, if somebody has the address; the answer is the same if nobody has. A way that fails, or
/// that the person has not, gives way to the next; the answer says which one it was, and where it led.
package struct RequestOTP: PreparedServedOperation {
  package let email: EmailAddress
  package let channel: CodeChannel?

  package static let contract = Contract(
    name: "auth.requestOTP", route: .post("/auth/otp"), summary: "Ask for a sign-in code",
    message: "If there is an account with this address, a code is on its way.", access: .everyone,
    limit: RateLimit("auth.requestOTP", max: 20, windowSeconds: 60), mode: .write,
    audit: .row(action: "code_requested", category: .security), cache: .never)

  package struct Prepared: Sendable {
    let way: CodeChannel
    let destination: String
    let code: OneTimeCode
    let name: String?
    /// The key of the person's number is missing: the code goes by mail, and the audit row says why.
    var isPhoneUnreadable = false
  }

  package struct Output: Record {
    /// By which way it was sent.
    package let channel: NameText
    /// Where to, as far as its owner knows it again.
    package let destination: NameText
    package let expiresInSeconds: LifetimeSeconds
  }

  package func prepare(_ call: Preparation, _ senders: CodeSenders) async throws -> Prepared {
    let code = OneTimeCode.random()
    guard let fingerprint = SentCode.fingerprints(code, to: email, call.secrets).first else {
      throw Failure.internalFault
    }
    let begun = try await call.rows(SentCodeQueries.begin(SentCode.key(of: email), fingerprint))
    guard let wait = try begun.first?.decode("wait_seconds", as: Int.self) else { throw Failure.internalFault }
    guard wait == 0 else {
      throw Failure(
        .tooManyRequests, "A code was sent already. Wait before you ask for another.",
        details: ["limit": "auth.requestOTP"], retryAfterSeconds: wait)
    }
    let person = try await call.rows(SentCodeQueries.person(of: email)).first
    let wanted = channel ?? .email
    var byMail = Prepared(
      way: .email, destination: Self.masked(email), code: code, name: try person?.decode("name", as: String.self))
    guard wanted != .email else { return byMail }
    guard let person else { return try await nobody(wanted, code, call.secrets, senders) ?? byMail }
    let proved: InternationalNumber?
    do {
      proved = try await OwnPhone.proved(of: try person.decode("user_id"), call)
    } catch SealError.unknownKey {
      byMail.isPhoneUnreadable = true
      return byMail
    }
    guard let number = proved else { return byMail }
    for way in Self.ways(from: wanted) {
      if await senders.send(code, to: number, by: way) {
        return Prepared(way: way, destination: number.masked, code: code, name: byMail.name)
      }
    }
    return byMail
  }

  package func run(_ call: inout WriteCall, _ sent: Prepared) async throws -> Output {
    if sent.way == .email { try CodeChannel.queue(sent.code, to: email, name: sent.name, &call) }
    call.audit.details["channel"] = .string(sent.way.rawValue)
    if sent.isPhoneUnreadable { call.audit.details["phone"] = "unreadable" }
    return Output(
      channel: NameText(unchecked: sent.way.rawValue), destination: NameText(unchecked: sent.destination),
      expiresInSeconds: LifetimeSeconds(unchecked: SentCode.seconds))
  }

  /// An address that nobody has looks like somebody's: always the same, for half of them with a telephone.
  private func nobody(
    _ wanted: CodeChannel, _ code: OneTimeCode, _ secrets: KeyRing, _ senders: CodeSenders
  ) async throws -> Prepared? {
    let print = secrets.fingerprints(of: "nobody's phone \(email.text)", for: .mailedCode).first ?? []
    guard let first = print.first, let last = print.last, first < 128 else { return nil }
    let end = String(100 + Int(last) % 100).suffix(2)
    for way in Self.ways(from: wanted) {
      if try await senders.pretend(by: way) {
        return Prepared(way: way, destination: "+49 ••• \(end)", code: code, name: nil)
      }
    }
    return nil
  }

  /// To a telephone: the wanted way, then the other.
  private static func ways(from wanted: CodeChannel) -> [CodeChannel] { [wanted, wanted == .sms ? .whatsapp : .sms] }

  private static func masked(_ email: EmailAddress) -> String {
    let parts = email.text.split(separator: "@", maxSplits: 1)
    return "\(parts.first?.prefix(1) ?? "")•••@\(String(parts.last ?? "").prefix(90))"
  }
}
