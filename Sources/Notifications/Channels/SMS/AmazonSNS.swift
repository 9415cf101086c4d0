package import Core
import Crypto
import FoundationEssentials

/// SMS by Amazon SNS (`Publish` of 2010-03-31), signed by Signature Version 4.
///
/// SNS knows no idempotency keys for SMS: one whose answer is lost may arrive twice.
package struct AmazonSNS: MessageProvider {
  package let accessKey: String
  let secret: String
  package let region: String
  let endpoint: String
  let sender: String?
  package var name: String { "sns" }

  package func request(for message: ProviderMessage, at now: Timestamp) -> OutsideCalls.Request {
    var form = [
      ("Action", "Publish"), ("Version", "2010-03-31"), ("PhoneNumber", message.to), ("Message", message.text),
      ("MessageAttributes.entry.1.Name", "AWS.SNS.SMS.SMSType"),
      ("MessageAttributes.entry.1.Value.DataType", "String"),
      ("MessageAttributes.entry.1.Value.StringValue", "Transactional"),
    ]
    if let sender {
      form += [
        ("MessageAttributes.entry.2.Name", "AWS.SNS.SMS.SenderID"),
        ("MessageAttributes.entry.2.Value.DataType", "String"),
        ("MessageAttributes.entry.2.Value.StringValue", sender),
      ]
    }
    let body = Array(Form.encode(form).utf8)
    let signature = SignatureV4(
      accessKey: accessKey, secret: secret, region: region, service: "sns", host: Self.host(of: endpoint),
      contentType: "application/x-www-form-urlencoded; charset=utf-8")
    return OutsideCalls.Request("\(endpoint)/", headers: signature.headers(for: body, at: now), body: body)
  }

  package func receipt(_ answer: OutsideCalls.Answer) throws(SendTrouble) -> SendReceipt {
    let text = String(decoding: answer.body, as: UTF8.self)
    guard answer.isSuccess else {
      switch Self.element("Code", of: text) {
      case "Throttling", "ThrottledException", "KMSThrottling": throw SendTrouble("provider_busy", .temporary)
      case "InvalidParameter", "InvalidParameterValue":
        let isNumber = Self.element("Message", of: text)?.contains("PhoneNumber") ?? false
        throw isNumber ? SendTrouble("number_unknown", .invalidDestination) : SendTrouble("provider_refused", .final)
      case "OptedOut", "OptedOutException": throw SendTrouble("number_refuses", .invalidDestination)
      default: throw .of(status: answer.status)
      }
    }
    guard let id = Self.element("MessageId", of: text), (1...200).contains(id.utf8.count),
      id.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    else { throw .rubbish }
    return SendReceipt(providerID: id)
  }

  static func host(of endpoint: String) -> String {
    let rest = endpoint.split(separator: "/").dropFirst().first.map(String.init) ?? endpoint
    return rest
  }

  /// The text of the first element of this name; SNS answers with elements that hold texts without markup.
  private static func element(_ name: String, of text: String) -> String? {
    guard let open = text.range(of: "<\(name)>"), let close = text.range(of: "</\(name)>", in: open.upperBound) else {
      return nil
    }
    return String(text[open.upperBound..<close])
  }
}

extension String {
  /// Where `part` first stands.
  fileprivate func range(of part: String) -> Range<Index>? {
    range(of: part, in: startIndex).map { $0..<index($0, offsetBy: part.count) }
  }

  fileprivate func range(of part: String, in start: Index) -> Index? {
    var place = start
    while place < endIndex {
      if self[place...].hasPrefix(part) { return place }
      place = index(after: place)
    }
    return nil
  }
}
