package import Core

/// SMS by a gateway of the house, such as a modem on a shelf: one JSON object by POST, one back.
///
/// `{"id", "reference", "to", "from", "text"}` with `Authorization: Bearer` and `Idempotency-Key`; any 2xx with
/// `{"id": …, "status": "sent" | "delivered"}` is a yes, `{"error": "invalid_number"}` says that nobody has the number.
package struct Gateway: MessageProvider {
  let url: String
  let token: String
  /// By which it signs what it tells; nil when it tells nothing.
  package let secret: String?
  let from: String?
  package var name: String { "gateway" }

  package func request(for message: ProviderMessage, at now: Timestamp) -> OutsideCalls.Request {
    let json: JSONValue = [
      "id": .string(message.key), "reference": .string(message.reference), "to": .string(message.to),
      "from": from.map { .string($0) } ?? .null, "text": .string(message.text),
      "callback": message.callback.map { .string($0) } ?? .null,
    ]
    return OutsideCalls.Request(
      url,
      headers: [
        "Authorization": "Bearer \(token)", "Content-Type": "application/json", "Idempotency-Key": message.key,
      ], body: Array(json.encoded.utf8))
  }

  package func receipt(_ answer: OutsideCalls.Answer) throws(SendTrouble) -> SendReceipt {
    guard answer.isSuccess else {
      if answer.json?["error"]?.text == "invalid_number" { throw SendTrouble("number_unknown", .invalidDestination) }
      throw .of(status: answer.status)
    }
    guard let json = answer.json, let id = json["id"]?.text, (1...200).contains(id.utf8.count) else { throw .rubbish }
    return SendReceipt(providerID: id, status: json["status"]?.text == "delivered" ? .delivered : .sent)
  }
}
