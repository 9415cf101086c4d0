import Core

/// Whether somebody can be reached, as he says himself.
package enum Availability: String, ChoicePrimitive {
  case available, busy, offline
}

/// By what somebody wants to hear; what is not given stays as it is.
package struct ContactPreferences: Decodable, Sendable {
  package let email: Bool?
  package let push: Bool?
  package let sms: Bool?
}

/// The name of a department as its people say it: 1 to 50 characters.
package struct DepartmentText: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 1...50 }
  package static var sample: String { "Cardiology" }
}
