package import Core
import FoundationEssentials

/// SMS by Twilio's API of 2010-04-01, or a service that speaks as it does.
///
/// Twilio itself knows no idempotency keys for messages; services that do take `Idempotency-Key`.
package struct Twilio: MessageProvider {
  package let account: String
  let token: String
  let base: String
  /// A number, a short code, a name; or a messaging service (`MG…`).
  package let from: String
  package var name: String { "twilio" }

  package func request(for message: ProviderMessage, at now: Timestamp) -> OutsideCalls.Request {
    var form = [("To", message.to), (from.hasPrefix("MG") ? "MessagingServiceSid" : "From", from)]
    form.append(("Body", message.text))
    if let callback = message.callback {
      let query = Form.encode([("hospital", message.hospital.text), ("delivery", message.delivery.text)])
      form.append(("StatusCallback", "\(callback)?\(query)"))
    }
    return OutsideCalls.Request(
      "\(base)/2010-04-01/Accounts/\(Form.escape(account))/Messages.json",
      headers: [
        "Authorization": "Basic " + Data("\(account):\(token)".utf8).base64EncodedString(),
        "Content-Type": "application/x-www-form-urlencoded", "Idempotency-Key": message.key,
        "Accept": "application/json",
      ], body: Array(Form.encode(form).utf8))
  }

  package func receipt(_ answer: OutsideCalls.Answer) throws(SendTrouble) -> SendReceipt {
    guard answer.isSuccess else {
      guard let code = answer.json?["code"]?.whole else { throw .of(status: answer.status) }
      throw Self.trouble(code: code) ?? .of(status: answer.status)
    }
    guard let json = answer.json, let id = json["sid"]?.text, (1...200).contains(id.utf8.count) else { throw .rubbish }
    if let code = json["error_code"]?.whole {
      throw Self.trouble(code: code) ?? SendTrouble("provider_refused", .final)
    }
    return SendReceipt(providerID: id, status: json["status"]?.text == "delivered" ? .delivered : .sent)
  }

  /// Twilio's numbers that say something about the number that was written to.
  package static func trouble(code: Int64) -> SendTrouble? {
    switch code {
    case 21211, 21217, 21401, 21421, 21614, 30003, 30005, 30006: SendTrouble("number_unknown", .invalidDestination)
    case 21408, 21612: SendTrouble("number_not_reachable", .invalidDestination)
    case 21610, 30004: SendTrouble("number_refuses", .invalidDestination)
    case 20429, 30001: SendTrouble("provider_busy", .temporary)
    case 20003, 20404: SendTrouble("provider_refused_credentials", .final)
    default: nil
    }
  }
}
