package import Core

/// How urgent an alert is: 1 to 5, 5 the most urgent.
package struct Urgency: IntegerPrimitive, Comparable {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var range: ClosedRange<Int64> { 1...5 }
  package static func < (a: Urgency, b: Urgency) -> Bool { a.value < b.value }

  package var priority: Priority {
    switch value {
    case 5: .critical
    case 4: .high
    case 3: .medium
    default: .low
    }
  }

  /// Urgencies 4 and 5 are never limited, bundled, muted or delayed.
  package var isCritical: Bool { value >= 4 }
}

/// The urgency's name; two urgencies are low.
package enum Priority: String, ChoicePrimitive {
  case low, medium, high, critical

  /// The urgency that a priority alone stands for.
  package var urgency: Urgency {
    switch self {
    case .low: Urgency(unchecked: 2)
    case .medium: Urgency(unchecked: 3)
    case .high: Urgency(unchecked: 4)
    case .critical: Urgency(unchecked: 5)
    }
  }
}

/// Which room: 1 to 50 characters.
package struct RoomNumber: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 1...50 }
  package static var sample: String { "4B" }
}

/// A code of the hospital's catalogue of alert types, such as `cardiac_arrest`.
package struct AlertTypeCode: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 1...50 }
  package static var sample: String { "cardiac_arrest" }
  package static var pattern: String? { "^[a-z][a-z0-9_]*$" }
  package static func normalise(_ text: String) throws(InvalidValue) -> String {
    let isCode = text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 95 }
    guard isCode, let first = text.utf8.first, (97...122).contains(first) else {
      throw InvalidValue("must be a code such as cardiac_arrest", rule: "pattern")
    }
    return text
  }
}

/// What the board says in big letters: 1 to 100 characters.
package struct AlertTitle: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 1...100 }
  package static var sample: String { "Cardiac arrest" }
}

/// How an alert ended: 10 to 2,000 characters.
package struct ResolutionText: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 10...2000 }
  package static var sample: String { "Patient stabilised, moved to ICU." }
}

/// In how many minutes a responder will be there: 1 to 999.
package struct ResponseMinutes: IntegerPrimitive {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var range: ClosedRange<Int64> { 1...999 }
}

/// The version that an edit was made from.
package struct Version: IntegerPrimitive {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var range: ClosedRange<Int64> { 1...2_000_000_000 }
}

/// Which alerts a list shows.
package enum StatusFilter: String, ChoicePrimitive {
  case active, acknowledged, resolved, cancelled, expired, all
}
