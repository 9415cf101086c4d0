package import Core
import Postgres

/// What kind of event a type is; decides its colour and its sound.
package enum AlertClass: String, ChoicePrimitive { case medical, security, fire, equipment, other }

/// Within how many seconds a repeated call is the same alert: 0 (never) to a day.
package struct MergeWindow: IntegerPrimitive {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var range: ClosedRange<Int64> { 0...86_400 }
}

/// After how many seconds missing roles are paged again: 5 to 3,600.
package struct RepageInterval: IntegerPrimitive {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var range: ClosedRange<Int64> { 5...3600 }
}

/// Where a type stands in the list: 0 to 10,000, the smallest first.
package struct Position: IntegerPrimitive {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var range: ClosedRange<Int64> { 0...10_000 }
}

/// Whom an alert of a type asks for: up to 10 requirements, such as two nurses; none asks for nobody in particular.
package struct QuorumPlan: Primitive, Equatable {
  package struct Requirement: Sendable, Equatable {
    package let label: String
    package let role: String
    package let specialization: String?
    package let count: Int64
  }

  package let requirements: [Requirement]
  package init(_ requirements: [Requirement]) { self.requirements = requirements }

  static let roles = [
    "nurse", "doctor", "head_doctor", "pharmacist", "lab_technician", "radiologist", "medical_assistant", "operator",
  ]
  static let requirement = JSONSchema.object(
    [
      .init("label", .string(minimum: 1, maximum: 50)), .init("role", .choice(roles)),
      .init("specialization", JSONSchema.string(minimum: 1, maximum: 100).nullable, required: false),
      .init("count", .integer(1...20)),
    ], closed: true)
  package static var schema: JSONSchema { .array(requirement, maximum: 10) }
  package static var example: QuorumPlan { QuorumPlan([]) }

  package var json: JSONValue {
    .array(
      requirements.map { each in
        [
          "label": .string(each.label), "role": .string(each.role),
          "specialization": each.specialization.map { .string($0) } ?? .null, "count": .integer(each.count),
        ]
      })
  }

  /// As it is stored; nil where nobody is asked for.
  var stored: JSONB? { requirements.isEmpty ? nil : JSONB(text: json.encoded) }

  package init(json: JSONValue) throws(InvalidValue) {
    guard let items = json.items else { throw InvalidValue("must be an array, not \(json.kind)", rule: "type") }
    guard items.count <= 10 else { throw InvalidValue("must have at most 10 items", rule: "maxItems") }
    var requirements: [Requirement] = []
    for (index, item) in items.enumerated() {
      do { requirements.append(try Self.read(item)) } catch {
        throw InvalidValue("item \(index + 1): \(error.message)", rule: error.rule)
      }
    }
    self.init(requirements)
  }

  private static func read(_ item: JSONValue) throws(InvalidValue) -> Requirement {
    guard case .object(let members) = item else {
      throw InvalidValue("must be an object, not \(item.kind)", rule: "type")
    }
    let known = ["label", "role", "specialization", "count"]
    if let other = members.first(where: { !known.contains($0.key) }) {
      throw InvalidValue("\(other.key.prefix(100)) is not a field of it", rule: "unknown")
    }
    func member<T: Primitive>(_ name: String, _ type: T.Type) throws(InvalidValue) -> T {
      guard let value = item[name] else { throw InvalidValue("\(name) is required", rule: "required") }
      do { return try T(json: value) } catch { throw InvalidValue("\(name) \(error.message)", rule: error.rule) }
    }
    let role = try member("role", RoleName.self)
    var specialization: String?
    if let given = item["specialization"], given != .null {
      specialization = try member("specialization", NameText.self).text
    }
    return Requirement(
      label: try member("label", Label.self).text, role: role.text, specialization: specialization,
      count: try member("count", Count.self).value)
  }

  private struct Label: TextPrimitive {
    let text: String
    init(unchecked text: String) { self.text = text }
    static var lengths: ClosedRange<Int> { 1...50 }
    static var sample: String { "Anaesthetist" }
  }

  private struct Count: IntegerPrimitive {
    let value: Int64
    init(unchecked value: Int64) { self.value = value }
    static var range: ClosedRange<Int64> { 1...20 }
  }

  private struct RoleName: TextPrimitive {
    let text: String
    init(unchecked text: String) { self.text = text }
    static var lengths: ClosedRange<Int> { 1...50 }
    static var sample: String { "nurse" }
    static func normalise(_ text: String) throws(InvalidValue) -> String {
      guard roles.contains(text) else {
        throw InvalidValue("must be one of \(roles.joined(separator: ", "))", rule: "enum")
      }
      return text
    }
  }
}
