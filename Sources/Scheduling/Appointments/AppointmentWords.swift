package import Core

/// How patient and doctor meet.
package enum AppointmentMedium: String, ChoicePrimitive {
  case inPerson = "in_person"
  case video, audio, chat
}

package enum AppointmentPriority: String, ChoicePrimitive { case low, normal, high, urgent }

/// Which appointments a list shows.
package enum AppointmentStatusWord: String, ChoicePrimitive {
  case held, scheduled, confirmed
  case checkedIn = "checked_in"
  case inProgress = "in_progress"
  case completed, cancelled
  case noShow = "no_show"
  case expired
}

/// Why an appointment is given up, as a word; what somebody writes about it is sealed.
package enum CancelCause: String, ChoicePrimitive {
  case patient, doctor, clinic, payment, series, course, other
}

/// The name of a service, such as `general-consultation`.
package struct ServiceName: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 1...50 }
  package static var sample: String { "general-consultation" }
  package static var pattern: String? { "^[a-z][a-z0-9-]*$" }
  package static func normalise(_ text: String) throws(InvalidValue) -> String {
    let isName = text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
    guard isName, let first = text.utf8.first, (97...122).contains(first) else {
      throw InvalidValue("must be a name such as general-consultation", rule: "pattern")
    }
    return text
  }
}

/// How long an appointment lasts: 5 minutes to 8 hours.
package struct AppointmentMinutes: IntegerPrimitive {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var range: ClosedRange<Int64> { 5...480 }
}

/// For how many seconds a place is held: half a minute to a day.
package struct HoldSeconds: IntegerPrimitive {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var range: ClosedRange<Int64> { 30...86_400 }
}

/// The version from which a change was made.
package struct AppointmentVersion: IntegerPrimitive {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var range: ClosedRange<Int64> { 1...2_000_000_000 }
}

/// What a service wants to know, by the names of its fields; the service's plugin says which they are.
package struct ServiceDetails: Primitive {
  package let members: [JSONValue.Member]

  package init(_ members: [JSONValue.Member] = []) { self.members = members }

  package static var schema: JSONSchema {
    JSONSchema(["type": "object", "maxProperties": 20, "additionalProperties": true])
  }
  package static var example: ServiceDetails { ServiceDetails() }
  package var json: JSONValue { .object(members) }

  package init(json: JSONValue) throws(InvalidValue) {
    guard case .object(let members) = json else {
      throw InvalidValue("must be an object, not \(json.kind)", rule: "type")
    }
    guard members.count <= 20 else { throw InvalidValue("must have at most 20 fields", rule: "maxProperties") }
    self.members = members
  }
}
