import Core

/// What somebody was trained as: 1 to 200 characters.
package struct Qualification: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 1...200 }
  package static var sample: String { "MD, specialist in internal medicine" }
}

/// For how many years somebody has practised: 0 to 80.
package struct ExperienceYears: IntegerPrimitive {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var range: ClosedRange<Int64> { 0...80 }
}

/// What a doctor's profile says beside what the hospital knows of all its people; nil leaves a field as it is.
struct DoctorDetails {
  var qualification: Qualification?
  var experience: ExperienceYears?
  var bio: ShortText?

  var isEmpty: Bool { qualification == nil && experience == nil && bio == nil }
}
