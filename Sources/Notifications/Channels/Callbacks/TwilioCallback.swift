import Core
import Crypto
import FoundationEssentials

/// What Twilio tells: a form, signed by HMAC-SHA1 over the whole address and the form's members in the order of their
/// names (`X-Twilio-Signature`). There is no time in it; what comes twice finds its work done.
enum TwilioCallback {
  static func isSigned(_ signature: String, url: String, form: [(name: String, value: String)], token: String) -> Bool {
    guard let code = Data(base64Encoded: signature) else { return false }
    let members = form.enumerated().sorted { ($0.element.name, $0.offset) < ($1.element.name, $1.offset) }
    let text = members.reduce(url) { $0 + $1.element.name + $1.element.value }
    return HMAC<Insecure.SHA1>.isValidAuthenticationCode(
      code, authenticating: Array(text.utf8), using: SymmetricKey(data: Array(token.utf8)))
  }

  static func words(_ form: [(name: String, value: String)], query: [(name: String, value: String)]) -> [ServiceWord]? {
    func value(_ name: String, of members: [(name: String, value: String)]) -> String? {
      members.first { $0.name == name }?.value
    }
    guard let status = value("MessageStatus", of: form) ?? value("SmsStatus", of: form), status != "received" else {
      guard let from = value("From", of: form), let text = value("Body", of: form) else { return nil }
      return [.reply(text: text, from: from)]
    }
    let reference = "\(value("hospital", of: query) ?? "") \(value("delivery", of: query) ?? "")"
    let code = value("ErrorCode", of: form).flatMap { Int64($0) }
    switch status {
    case "accepted", "queued", "sending", "scheduled": return []
    default:
      let reason = code.flatMap { Twilio.trouble(code: $0)?.reason } ?? (move(status) == .fail ? "undelivered" : nil)
      return ServiceWord(reference: reference, move: move(status), reason: reason).map { [$0] }
    }
  }

  private static func move(_ status: String) -> DeliveryLife.Move? {
    ["undelivered", "canceled"].contains(status) ? .fail : DeliveryLife.Move(word: status)
  }
}
