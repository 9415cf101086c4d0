package import Core

package enum HandoverEntity {}
package typealias HandoverID = Identifier<HandoverEntity>

/// What whoever leaves tells whoever comes: 10 to 500 characters.
package struct HandoverNotes: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 10...500 }
  package static var sample: String { "Room 12 waits for the laboratory." }
}

/// What remains to be done: up to 20 short texts.
package struct FollowUps: Primitive {
  package let items: [ShortText]

  private static let limit = 20
  package static var schema: JSONSchema { .array(ShortText.schema, maximum: limit) }
  package static var example: FollowUps { FollowUps(items: []) }
  package var json: JSONValue { .array(items.map(\.json)) }

  private init(items: [ShortText]) { self.items = items }

  package init(json: JSONValue) throws(InvalidValue) {
    let items = try [ShortText](json: json)
    guard items.count <= Self.limit else {
      throw InvalidValue("must have at most \(Self.limit) items", rule: "maxItems")
    }
    self.items = items
  }
}

/// The life of a handover. Pure: what is legal is in `table`.
package enum HandoverLife {
  package enum Status: String, ChoicePrimitive {
    case pending, accepted, declined, expired
  }

  package enum Move: String, Sendable, CaseIterable { case accept, decline, expire }

  /// From which status to which; everything but pending is the end.
  package static let table: [Move: [Status: Status]] = [
    .accept: [.pending: .accepted], .decline: [.pending: .declined], .expire: [.pending: .expired],
  ]

  /// A handover that nobody accepts is over after 12 hours.
  package static let hours = 12

  /// From which statuses a move is legal, in the database's words.
  static func sources(of move: Move) -> [String] { (table[move] ?? [:]).keys.map(\.rawValue).sorted() }
}

/// Handovers that one may take, or those that one gave.
package enum HandoverBox: String, ChoicePrimitive { case received, given }
