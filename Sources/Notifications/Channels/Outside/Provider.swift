package import Core
import FoundationEssentials

/// A service that takes messages: makes the request and reads the answer; sends nothing itself.
package protocol MessageProvider: Sendable {
  /// Such as `twilio`.
  var name: String { get }
  func request(for message: ProviderMessage, at now: Timestamp) -> OutsideCalls.Request
  /// What the service said; throws what it means for the message.
  func receipt(_ answer: OutsideCalls.Answer) throws(SendTrouble) -> SendReceipt
}

/// One message as a service gets it.
package struct ProviderMessage: Sendable {
  /// The same for each try.
  package let key: String
  /// A number in E.164, or a device's token.
  package let to: String
  package let title: String
  package let text: String
  package let hospital: HospitalID
  package let delivery: DeliveryID
  /// Where the service tells what became of it: a whole URL without query; nil where Ward has no public one.
  package let callback: String?
  package var urgency: Int?
  package var alert: AlertID?

  package init(
    key: String, to: String, title: String, text: String, hospital: HospitalID, delivery: DeliveryID, callback: String?
  ) {
    self.key = key
    self.to = to
    self.title = title
    self.text = text
    self.hospital = hospital
    self.delivery = delivery
    self.callback = callback
  }

  /// By which a service names the message when it calls back.
  package var reference: String { "\(hospital.text) \(delivery.text)" }
}

extension SendTrouble {
  /// What a status means that says nothing else: 429, 408 and 5xx pass, 4xx stay.
  package static func of(status: Int) -> SendTrouble {
    switch status {
    case 408, 425, 429: SendTrouble("provider_busy", .temporary)
    case 401, 403: SendTrouble("provider_refused_credentials", .final)
    case 400...499: SendTrouble("provider_refused", .final)
    case 500...599: SendTrouble("provider_failed", .temporary)
    default: SendTrouble("provider_answer_unknown", .temporary)
    }
  }

  /// Neither yes nor no: perhaps the service has it, so it is asked again under the same key.
  package static let rubbish = SendTrouble("provider_answer_unreadable", .temporary)

  package init(_ trouble: OutsideCalls.Trouble) {
    switch trouble {
    case .privateAddress: self.init("provider_address_private", .final)
    case .badAddress: self.init("provider_address_bad", .final)
    case .unreachable: self.init("provider_unreachable", .temporary)
    case .timeout: self.init("provider_timeout", .temporary)
    case .tooLarge: self = .rubbish
    }
  }
}

extension OutsideCalls.Answer {
  /// The body as JSON, where it is some.
  package var json: JSONValue? { try? JSONParser.parse(body) }
  package var isSuccess: Bool { (200...299).contains(status) }
}

/// `application/x-www-form-urlencoded` (RFC 3986: unreserved characters stay).
package enum Form {
  package static func encode(_ pairs: [(String, String)]) -> String {
    // A space as a plus, as forms have it: services that sign what they read write it so again.
    pairs.map { "\(escape($0.0))=\(escape($0.1))" }.joined(separator: "&").replacing("%20", with: "+")
  }

  package static func escape(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        bytes.append(byte)
      default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
