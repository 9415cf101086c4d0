package import Core

/// What somebody who acknowledges is about to do.
package enum ResponseAction: String, ChoicePrimitive {
  /// On the way; says in how many minutes.
  case responding
  /// Will come, and not at once; says in how many minutes.
  case delayed
  /// A named colleague is to take the alert over.
  case delegating
  /// Watches from where he is.
  case monitoring

  var needsMinutes: Bool { self == .responding || self == .delayed }
}

/// Whether the urgency was right, as the responder sees it; a step up or down, never beyond 1 and 5.
package enum UrgencyAssessment: String, ChoicePrimitive {
  case maintain, increase, decrease

  var steps: Int {
    switch self {
    case .maintain: 0
    case .increase: 1
    case .decrease: -1
    }
  }
}

/// Something said about an alert: 1 to 2,000 characters.
package struct CommentText: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 1...2000 }
  package static var sample: String { "The daughter is on her way." }
}

/// The alerts of one batch: 1 to 50 different ids.
package struct AlertBatch: Primitive {
  package let ids: [AlertID]

  package static var schema: JSONSchema {
    guard case .object(let members) = JSONSchema.array(AlertID.schema, maximum: 50).json else { return .anything }
    return JSONSchema(.object(members + [.init("minItems", 1), .init("uniqueItems", true)]))
  }
  package static var example: AlertBatch { AlertBatch(ids: [AlertID.example]) }
  package var json: JSONValue { .array(ids.map(\.json)) }

  private init(ids: [AlertID]) { self.ids = ids }

  package init(json: JSONValue) throws(InvalidValue) {
    let ids = try [AlertID](json: json)
    guard (1...50).contains(ids.count) else { throw InvalidValue("must have 1 to 50 items", rule: "maxItems") }
    guard Set(ids).count == ids.count else { throw InvalidValue("must not name an alert twice", rule: "uniqueItems") }
    self.ids = ids
  }
}
