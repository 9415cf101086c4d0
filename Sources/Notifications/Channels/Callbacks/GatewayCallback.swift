import Core

/// What a gateway of the house tells: one JSON object, signed with its time as Ward signs what it tells others.
///
/// `{"type": "status", "reference", "status": "sent" | "delivered" | "read" | "failed", "error"?}` or
/// `{"type": "reply", "from", "text"}`.
enum GatewayCallback {
  static func words(_ body: [UInt8]) -> [ServiceWord]? {
    guard let json = try? JSONParser.parse(body) else { return nil }
    switch json["type"]?.text {
    case "reply":
      guard let from = json["from"]?.text, let text = json["text"]?.text else { return nil }
      return [.reply(text: text, from: from)]
    case "status":
      let move = DeliveryLife.Move(word: json["status"]?.text)
      let isUnknown = json["error"]?.text == "invalid_number"
      let reason = move == .fail ? (isUnknown ? "number_unknown" : "undelivered") : nil
      return ServiceWord(reference: json["reference"]?.text, move: move, reason: reason).map { [$0] }
    default: return nil
    }
  }
}
