package import Core
import FoundationEssentials
import Operations

package enum WebhookEntity {}
package typealias WebhookID = Identifier<WebhookEntity>
package enum WebhookDeliveryEntity {}
package typealias WebhookDeliveryID = Identifier<WebhookDeliveryEntity>

/// Where events are handed over: `https://`, a host name or address, no user and no fragment; 8 to 500 characters.
package struct WebhookURL: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 8...500 }
  package static var sample: String { "https://events.hospital.example/ward" }
  package static var format: String? { "uri" }

  package static func normalise(_ text: String) throws(InvalidValue) -> String {
    guard let address = OutsideURL(text), address.url.user() == nil, address.url.password() == nil,
      address.url.fragment() == nil
    else { throw InvalidValue("must be a URL with a host, without user and fragment", rule: "format") }
    return text
  }

  var isSecure: Bool { text.lowercased().hasPrefix("https://") }
}

/// What an endpoint may hear of.
package enum WebhookEvent: String, ChoicePrimitive {
  case alertNew = "alert:new"
  case alertUpdated = "alert:updated"
  case alertEscalated = "alert:escalated"
  case alertCommented = "alert:commented"
  case appointmentUpdated = "appointment:updated"
}

/// Which events an endpoint hears: 1 to 20, each once.
package struct WebhookEvents: Primitive {
  package let list: [WebhookEvent]
  package init(_ list: [WebhookEvent]) { self.list = list }

  package static var schema: JSONSchema {
    guard case .object(let members) = JSONSchema.array(WebhookEvent.schema, maximum: 20).json else { return .anything }
    return JSONSchema(.object(members + [.init("minItems", 1), .init("uniqueItems", true)]))
  }
  package static var example: WebhookEvents { WebhookEvents([.alertNew]) }
  package var json: JSONValue { .array(list.map(\.json)) }

  package init(json: JSONValue) throws(InvalidValue) {
    guard let items = json.items else { throw InvalidValue("must be an array, not \(json.kind)", rule: "type") }
    guard (1...20).contains(items.count) else { throw InvalidValue("must have 1 to 20 items", rule: "maxItems") }
    var list: [WebhookEvent] = []
    for item in items {
      let event = try WebhookEvent(json: item)
      guard !list.contains(event) else { throw InvalidValue("must not name an event twice", rule: "uniqueItems") }
      list.append(event)
    }
    self.list = list
  }
}

/// The secret of an endpoint as its owner gets it: `whsec_` and 256 bits.
package struct WebhookSecret: TextPrimitive, CustomStringConvertible {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 10...200 }
  package static var sample: String { "whsec_dGhpcyBpcyBub3QgYSBzZWNyZXQ" }
  package var description: String { "•••" }

  static func random() -> WebhookSecret {
    var generator = SystemRandomNumberGenerator()
    let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    return WebhookSecret(unchecked: "whsec_" + Data(bytes).base64EncodedString().filter { $0.isLetter || $0.isNumber })
  }

  package static func place(of id: WebhookID) -> String { "webhooks.secret \(id.text)" }
}

/// Where a tenant's events may go.
package struct WebhookRules: Sendable {
  /// Also to addresses of the house's own network, and without TLS.
  package let allowsPrivate: Bool
  package init(allowsPrivate: Bool) { self.allowsPrivate = allowsPrivate }

  func check(_ url: WebhookURL?) throws(Failure) {
    guard let url, !allowsPrivate else { return }
    guard url.isSecure else { throw .invalid("url", "must begin with https://", rule: "format") }
  }
}
