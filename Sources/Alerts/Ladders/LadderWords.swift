package import Core

package enum LadderEntity {}
package typealias LadderID = Identifier<LadderEntity>

/// Seconds from an alert's creation to each step: 1 to 50, each 5 seconds to 7 days, each later than the one before.
package struct StepSeconds: Primitive, Equatable {
  package let values: [Int]
  static let range: ClosedRange<Int64> = 5...604_800

  package static var schema: JSONSchema { .array(.integer(range), minimum: 1, maximum: 50) }
  package static var example: StepSeconds { StepSeconds(unchecked: [300]) }
  package var json: JSONValue { .array(values.map { .integer(Int64($0)) }) }

  init(unchecked values: [Int]) { self.values = values }

  package init(json: JSONValue) throws(InvalidValue) {
    guard let items = json.items else { throw InvalidValue("must be an array, not \(json.kind)", rule: "type") }
    guard !items.isEmpty else { throw InvalidValue("must have at least one step", rule: "minItems") }
    guard items.count <= 50 else { throw InvalidValue("must have at most 50 steps", rule: "maxItems") }
    var values: [Int] = []
    for (index, item) in items.enumerated() {
      guard let seconds = item.whole else {
        throw InvalidValue("item \(index + 1) must be a whole number of seconds", rule: "type")
      }
      guard Self.range.contains(seconds) else {
        throw InvalidValue("item \(index + 1) must be between 5 and 604800 seconds", rule: "range")
      }
      guard values.last.map({ $0 < seconds }) ?? true else {
        throw InvalidValue("item \(index + 1) must be later than the step before it", rule: "rising")
      }
      values.append(Int(seconds))
    }
    self.values = values
  }
}

/// How long an acknowledged alert may stay unresolved: 5 seconds to 7 days.
package struct ResponseSeconds: IntegerPrimitive {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var range: ClosedRange<Int64> { StepSeconds.range }
}
