package import Core
import Crypto
import FoundationEssentials
import Operations
import Postgres
import Secrets

/// What a mailbox proves: a link's token (256 random bits) and, for an address, a code of six digits with three tries.
/// The database holds the token's SHA-256 and the code's keyed fingerprint.
enum MailProof {
  enum Purpose: String, Sendable {
    case verifyEmail = "verify_email"
    case resetPassword = "reset_password"

    /// NIST SP 800-63B has 24 hours for an address; a way to a new password closes sooner.
    var seconds: Int { self == .verifyEmail ? 86_400 : 3600 }
  }

  /// Queues a letter with a new proof for whoever has the address; for nobody, work that looks the same.
  /// `seconds`: how long it is good, if not as long as usual. True when somebody was found.
  @discardableResult
  static func send(
    _ template: String, _ purpose: Purpose, to email: EmailAddress, seconds: Int? = nil, _ call: inout WriteCall
  ) async throws -> Bool {
    let token = ProofToken.new()
    let code = Self.newCode()
    let codeHash = Self.fingerprints(code, purpose, email, call.secrets)[0]
    let rows = try await call.transaction.query(
      ProofQueries.begin(
        purpose, email: email, token: token, code: purpose == .verifyEmail ? codeHash : nil,
        seconds: seconds ?? purpose.seconds, id: JobID.new(at: call.now)))
    let name = try rows.first?.decode("name", as: String?.self)
    let mail = Mail(
      template, to: email,
      values: ["name": .string(name ?? ""), "token": .string(token.text), "code": .string(code)])
    var job = mail.job
    if name == nil { job = Job(queue: job.queue, kind: "mail.none", payload: job.payload) }
    try call.enqueue(job)
    return name != nil
  }

  static func fingerprints(
    _ code: String, _ purpose: Purpose, _ email: EmailAddress, _ secrets: KeyRing
  ) -> [[UInt8]] {
    secrets.fingerprints(of: "\(purpose.rawValue) \(email.text) \(code)", for: .mailedCode)
  }

  private static func newCode() -> String {
    var random = SystemRandomNumberGenerator()
    let digits = String(Int.random(in: 0..<1_000_000, using: &random))
    return String(repeating: "0", count: 6 - digits.count) + digits
  }
}

/// The token of a mailed link: 43 characters of base64url.
package struct ProofToken: TextPrimitive, CustomStringConvertible {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 1...100 }
  package static var sample: String { "pNqZ0W2bPQm3v5oE3hQk7mJ1m0rH4yqkY8kq2Jb1v6A" }
  package var description: String { "•••" }

  static func new() -> ProofToken {
    let base64 = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }.base64EncodedString()
    return ProofToken(
      unchecked: base64.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: ""))
  }

  var hash: [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }
}

/// A mailed code: six digits.
package struct MailedCode: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 6...6 }
  package static var sample: String { "123456" }
  package static var pattern: String? { "^[0-9]{6}$" }
  package static func normalise(_ text: String) throws(InvalidValue) -> String {
    guard text.utf8.count == 6, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
      throw InvalidValue("must be six digits", rule: "pattern")
    }
    return text
  }
}
