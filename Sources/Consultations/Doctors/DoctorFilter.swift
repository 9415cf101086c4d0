package import Core
import Operations

/// How good a doctor was found at least: 0 to 5, with a fraction.
package struct LeastRating: Primitive, Hashable {
  package let value: Double
  package static var schema: JSONSchema { JSONSchema(["type": "number", "minimum": 0, "maximum": 5]) }
  package static var example: LeastRating { LeastRating(value: 4) }
  package var json: JSONValue { .number(value) }

  private init(value: Double) { self.value = value }

  package init(json: JSONValue) throws(InvalidValue) {
    let number: Double
    switch json {
    case .integer(let whole): number = Double(whole)
    case .number(let value): number = value
    default: throw InvalidValue("must be a number, not \(json.kind)", rule: "type")
    }
    guard (0...5).contains(number) else { throw InvalidValue("must be between 0 and 5", rule: "range") }
    value = number
  }
}

/// What a patient gives for a visit: 1 to 5.
package struct Score: IntegerPrimitive {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var range: ClosedRange<Int64> { 1...5 }
}

/// Minor units of a currency, 0 to 100,000,000,000.
package struct LargestFee: IntegerPrimitive {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var range: ClosedRange<Int64> { 0...100_000_000_000 }
}

/// Which doctors a search finds; nil leaves a condition out.
struct DoctorFilter {
  var name: String?
  var specialization: String?
  var city: String?
  var department: DepartmentID?
  var location: Identifier<AnyEntity>?
  var leastRating: Double?
  var leastExperience: Int64?
  var largestFee: Int64?
  var isAvailable: Bool?

  /// What a cursor of the list is bound to.
  var text: String {
    let parts: [JSONValue] = [
      .string(name ?? ""), .string(specialization ?? ""), .string(city ?? ""), .string(department?.text ?? ""),
      .string(location?.text ?? ""), leastRating.map { .number($0) } ?? .null,
      leastExperience.map { .integer($0) } ?? .null, largestFee.map { .integer($0) } ?? .null,
      isAvailable.map { .bool($0) } ?? .null,
    ]
    return JSONValue.array(parts).encoded
  }
}
