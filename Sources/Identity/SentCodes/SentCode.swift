import Core
import Crypto
import Operations
import Secrets

/// By which way a code is sent. What goes to a telephone is sent at once, so that the answer can say whether it was
/// taken; a letter is queued.
package enum CodeChannel: String, ChoicePrimitive {
  case email, sms, whatsapp

  /// Queues a letter with the code, in the transaction; for nobody, work that looks the same.
  static func queue(_ code: OneTimeCode, to email: EmailAddress, name: String?, _ call: inout WriteCall) throws {
    let mail = Mail("sign-in-code", to: email, values: ["name": .string(name ?? ""), "code": .string(code.text)])
    let job = mail.job
    try call.enqueue(name == nil ? Job(queue: job.queue, kind: "mail.none", payload: job.payload) : job)
  }
}

/// A code of six digits that is sent to an address, for five minutes and three tries.
enum SentCode {
  static let seconds: Int64 = 300

  /// By which an address is counted: a hash that names nobody.
  static func key(of email: EmailAddress) -> String {
    Base64URL.encode(SHA256.hash(data: Array("sign-in code \(email.text)".utf8)))
  }

  static func fingerprints(_ code: OneTimeCode, to email: EmailAddress, _ secrets: KeyRing) -> [String] {
    secrets.fingerprints(of: "sign_in \(email.text) \(code.text)", for: .mailedCode).map { Base64URL.encode($0) }
  }
}
