package import Core

/// Messages by WhatsApp's Cloud API. Outside of a conversation only templates are taken that Meta has seen: ours has two
/// places, for the title and for the text, and one link or code may be part of the text.
package struct WhatsApp: MessageProvider {
  let base: String
  /// The id of the number from which is written.
  package let number: String
  let token: String
  package let template: String
  package let language: String
  /// Of the app at Meta: signs what it tells.
  package let secret: String?
  /// What Meta says when the address of the callbacks is registered.
  package let verifyToken: String?
  package var name: String { "whatsapp" }

  package func request(for message: ProviderMessage, at now: Timestamp) -> OutsideCalls.Request {
    let parameters: JSONValue = [
      ["type": "text", "text": .string(Self.oneLine(message.title))],
      ["type": "text", "text": .string(Self.oneLine(message.text))],
    ]
    let json: JSONValue = [
      "messaging_product": "whatsapp", "recipient_type": "individual", "to": .string(String(message.to.dropFirst())),
      "type": "template",
      "template": [
        "name": .string(template), "language": ["code": .string(language)],
        "components": [["type": "body", "parameters": parameters]],
      ], "biz_opaque_callback_data": .string(message.reference),
    ]
    return OutsideCalls.Request(
      "\(base)/\(Form.escape(number))/messages",
      headers: [
        "Authorization": "Bearer \(token)", "Content-Type": "application/json", "Idempotency-Key": message.key,
      ], body: Array(json.encoded.utf8))
  }

  package func receipt(_ answer: OutsideCalls.Answer) throws(SendTrouble) -> SendReceipt {
    guard answer.isSuccess else {
      guard let code = answer.json?["error"]?["code"]?.whole else { throw .of(status: answer.status) }
      throw Self.trouble(code: code) ?? .of(status: answer.status)
    }
    guard let id = answer.json?["messages"]?.items?.first?["id"]?.text, (1...200).contains(id.utf8.count) else {
      throw .rubbish
    }
    return SendReceipt(providerID: id)
  }

  /// Meta's numbers that say more than the status.
  package static func trouble(code: Int64) -> SendTrouble? {
    switch code {
    case 131_026, 131_030, 131_021, 133_010: SendTrouble("number_unknown", .invalidDestination)
    case 131_050: SendTrouble("number_refuses", .invalidDestination)
    case 4, 80_007, 130_429, 131_048, 131_056, 131_016, 131_000: SendTrouble("provider_busy", .temporary)
    case 0, 3, 10, 190: SendTrouble("provider_refused_credentials", .final)
    case 132_000...132_099: SendTrouble("template_refused", .final)
    default: nil
    }
  }

  /// A template's place takes no line breaks, no tabs and no rows of spaces, and is not empty.
  static func oneLine(_ text: String) -> String {
    let words = text.split { $0.isWhitespace }
    return words.isEmpty ? "-" : String(words.joined(separator: " ").prefix(1000))
  }
}
