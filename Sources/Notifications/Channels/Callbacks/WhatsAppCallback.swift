import Core
import Crypto

/// What Meta tells: JSON, signed by HMAC-SHA256 over its bytes with the app's secret (`X-Hub-Signature-256`).
enum WhatsAppCallback {
  static func isSigned(_ header: String, body: [UInt8], secret: String) -> Bool {
    guard header.hasPrefix("sha256="), let code = Hex.decode(header.dropFirst(7)) else { return false }
    return HMAC<SHA256>.isValidAuthenticationCode(
      code, authenticating: body, using: SymmetricKey(data: Array(secret.utf8)))
  }

  /// Everything that one call tells, at most 100 words; what is not known is left out, what is no such call is nil.
  static func words(_ body: [UInt8]) -> [ServiceWord]? {
    guard let json = try? JSONParser.parse(body), let entries = json["entry"]?.items else { return nil }
    let values = entries.flatMap { $0["changes"]?.items ?? [] }.compactMap { $0["value"] }
    let receipts = values.flatMap { $0["statuses"]?.items ?? [] }.compactMap(receipt)
    let replies = values.flatMap { $0["messages"]?.items ?? [] }.compactMap(reply)
    return Array((receipts + replies).prefix(100))
  }

  private static func receipt(_ json: JSONValue) -> ServiceWord? {
    let move = DeliveryLife.Move(word: json["status"]?.text)
    let code = json["errors"]?.items?.first?["code"]?.whole
    let reason = move == .fail ? code.flatMap { WhatsApp.trouble(code: $0)?.reason } ?? "undelivered" : nil
    return ServiceWord(reference: json["biz_opaque_callback_data"]?.text, move: move, reason: reason)
  }

  private static func reply(_ json: JSONValue) -> ServiceWord? {
    let text = json["text"]?["body"]?.text ?? json["button"]?["payload"]?.text
    guard let from = json["from"]?.text, let text else { return nil }
    // Seconds as text; Meta brings for days what it could not bring before.
    let seconds = json["timestamp"]?.text.flatMap { Int64($0) } ?? json["timestamp"]?.whole
    let time = seconds.flatMap { (0...1 << 40).contains($0) ? Timestamp(microseconds: $0 * 1_000_000) : nil }
    return .reply(text: text, from: "+" + from, at: time)
  }
}
