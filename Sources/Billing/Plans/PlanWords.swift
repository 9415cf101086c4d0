package import Core
import Postgres

/// The name of a plan in addresses and bills: small letters, digits and hyphens, such as `clinic-basic`.
package struct PlanCode: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 2...40 }
  package static var sample: String { "clinic-basic" }
  package static var pattern: String? { "^[a-z][a-z0-9-]*$" }
  package static func normalise(_ text: String) throws(InvalidValue) -> String {
    let isPlain = text.utf8.allSatisfy { byte in
      switch byte {
      case 0x61...0x7A, 0x30...0x39, UInt8(ascii: "-"): true
      default: false
      }
    }
    guard isPlain, let first = text.utf8.first, (0x61...0x7A).contains(first) else {
      throw InvalidValue("must be small letters, digits and hyphens, a letter first", rule: "pattern")
    }
    return text
  }
}

package enum PlanPricing: String, ChoicePrimitive {
  /// One price, up to the plan's number of doctors.
  case flat
  /// The price of each doctor.
  case perDoctor = "per_doctor"
}

package enum BillingCycle: String, ChoicePrimitive {
  case monthly, yearly
}

/// An amount in minor units, from nought to a thousand million major ones.
package struct MinorAmount: IntegerPrimitive {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var range: ClosedRange<Int64> { 0...100_000_000_000 }
}

/// Hundredths of a per cent.
package struct Points: IntegerPrimitive {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var range: ClosedRange<Int64> { 0...10_000 }
}

/// How many doctors: 1 to 10,000.
package struct DoctorCount: IntegerPrimitive {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var range: ClosedRange<Int64> { 1...10_000 }
}

/// The version of a thing that a change was made for.
package struct BillingVersion: IntegerPrimitive {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var range: ClosedRange<Int64> { 1...Int64(Int32.max) }
}

/// What many doctors bring: up to 20 steps, each from a larger number of doctors on.
package struct VolumeDiscounts: Primitive, Equatable {
  package struct Step: Sendable, Equatable {
    package let fromDoctors: Int64
    package let points: Int64

    package init(fromDoctors: Int64, points: Int64) {
      self.fromDoctors = fromDoctors
      self.points = points
    }
  }

  package let steps: [Step]
  package init(_ steps: [Step]) { self.steps = steps }

  package static var schema: JSONSchema {
    .array(
      .object([.init("fromDoctors", .integer(1...10_000)), .init("points", .integer(0...10_000))], closed: true),
      maximum: 20)
  }
  package static var example: VolumeDiscounts { VolumeDiscounts([]) }
  package var json: JSONValue {
    .array(steps.map { ["fromDoctors": .integer($0.fromDoctors), "points": .integer($0.points)] })
  }
  var stored: JSONB { JSONB(text: json.encoded) }

  package init(json: JSONValue) throws(InvalidValue) {
    guard let items = json.items else { throw InvalidValue("must be an array, not \(json.kind)", rule: "type") }
    guard items.count <= 20 else { throw InvalidValue("must have at most 20 items", rule: "maxItems") }
    var steps: [Step] = []
    for (index, item) in items.enumerated() {
      guard case .object(let members) = item, members.count == 2, let from = item["fromDoctors"]?.whole,
        let points = item["points"]?.whole, (1...10_000).contains(from), (0...10_000).contains(points)
      else {
        throw InvalidValue("item \(index + 1) must be fromDoctors and points, both up to 10,000", rule: "format")
      }
      steps.append(Step(fromDoctors: from, points: points))
    }
    steps.sort { $0.fromDoctors < $1.fromDoctors }
    guard Set(steps.map(\.fromDoctors)).count == steps.count else {
      throw InvalidValue("must have one step for a number of doctors", rule: "overlap")
    }
    self.init(steps)
  }

  func points(for doctors: Int64) -> Int64 { steps.last { $0.fromDoctors <= doctors }?.points ?? 0 }
}
