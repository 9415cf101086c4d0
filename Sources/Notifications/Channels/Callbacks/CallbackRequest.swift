import Core
package import Operations

/// What came in at an address that services know, as far as they are concerned.
package struct CallbackRequest: Sendable {
  package let isPost: Bool
  /// After `/callbacks/`.
  package let path: String
  /// As it stood in the address, without the `?`.
  package let query: String
  package let header: @Sendable (String) -> String?
  package let body: [UInt8]
  package let origin: RequestOrigin

  package init(
    isPost: Bool, path: String, query: String, header: @escaping @Sendable (String) -> String?, body: [UInt8],
    origin: RequestOrigin
  ) {
    self.isPost = isPost
    self.path = path
    self.query = query
    self.header = header
    self.body = body
    self.origin = origin
  }
}

/// What a service or a browser is answered.
package struct CallbackAnswer: Sendable, Equatable {
  package let status: Int
  package let type: String
  package let body: String

  package init(_ status: Int, _ body: String, type: String = "application/json") {
    self.status = status
    self.type = type
    self.body = body
  }

  static let taken = CallbackAnswer(200, "{\"ok\":true}")
  static let nobody = CallbackAnswer(404, "{\"error\":\"There is nothing at this address.\"}")
  static let unsigned = CallbackAnswer(401, "{\"error\":\"This was not signed.\"}")
  static let wronglySigned = CallbackAnswer(403, "{\"error\":\"The signature is wrong or old.\"}")
  static let unreadable = CallbackAnswer(400, "{\"error\":\"This cannot be read.\"}")
}

/// What a service tells, once its signature was found good.
enum ServiceWord: Sendable, Equatable {
  case receipt(hospital: HospitalID, delivery: DeliveryID, move: DeliveryLife.Move, reason: String?)
  /// `at`: when it was written, where the service says so.
  case reply(text: String, from: String, at: Timestamp? = nil)

  /// `reference` is what was given along when the message was sent.
  init?(reference: String?, move: DeliveryLife.Move?, reason: String? = nil) {
    let parts = (reference ?? "").split(separator: " ")
    guard parts.count == 2, let hospital = HospitalID(parts[0]), let delivery = DeliveryID(parts[1]), let move else {
      return nil
    }
    self = .receipt(hospital: hospital, delivery: delivery, move: move, reason: reason)
  }
}

extension DeliveryLife.Move {
  /// The words in which most services say how a message fares; nil for others.
  init?(word: String?) {
    switch word {
    case "sent": self = .send
    case "delivered": self = .deliver
    case "read": self = .read
    case "failed": self = .fail
    default: return nil
    }
  }
}

/// Members of a form or query (`application/x-www-form-urlencoded`), at most 100; nil for what is none.
enum FormReading {
  static func read(_ text: String) -> [(name: String, value: String)]? {
    let parts = text.split(separator: "&")
    guard parts.count <= 100 else { return nil }
    var members: [(String, String)] = []
    for part in parts {
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = decode(pair[0]), let value = decode(pair.count > 1 ? pair[1] : "") else { return nil }
      members.append((name, value))
    }
    return members
  }

  private static func decode(_ text: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "+"): bytes.append(0x20)
      case UInt8(ascii: "%"):
        guard rest.count >= 2, let decoded = Hex.decode(String(decoding: rest.prefix(2), as: UTF8.self))?.first else {
          return nil
        }
        bytes.append(decoded)
        rest = rest.dropFirst(2)
      default: bytes.append(byte)
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
