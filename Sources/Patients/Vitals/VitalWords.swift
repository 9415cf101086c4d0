package import Core

/// A primitive that is the whole value of one sign.
package protocol VitalNumber: IntegerPrimitive { static var sign: VitalSign { get } }

extension VitalNumber {
  package static var range: ClosedRange<Int64> { Int64(sign.range.lowerBound)...Int64(sign.range.upperBound) }
}

package struct HeartRate: VitalNumber {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var sign: VitalSign { .heartRate }
}

package struct SystolicPressure: VitalNumber {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var sign: VitalSign { .systolic }
}

package struct DiastolicPressure: VitalNumber {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var sign: VitalSign { .diastolic }
}

package struct RespiratoryRate: VitalNumber {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var sign: VitalSign { .respiratoryRate }
}

package struct OxygenSaturation: VitalNumber {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var sign: VitalSign { .oxygenSaturation }
}

package struct BloodGlucose: VitalNumber {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var sign: VitalSign { .bloodGlucose }
}

package struct PainScore: VitalNumber {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var sign: VitalSign { .pain }
}

/// Degrees Celsius, 25 to 45, with a fraction.
package struct Temperature: Primitive, Hashable {
  package let value: Double
  private static let range = VitalSign.temperature.range
  package static var schema: JSONSchema {
    JSONSchema([
      "type": "number", "minimum": .integer(Int64(range.lowerBound)), "maximum": .integer(Int64(range.upperBound)),
    ])
  }
  package static var example: Temperature { Temperature(value: 37) }
  package var json: JSONValue { .number(value) }

  private init(value: Double) { self.value = value }

  package init(json: JSONValue) throws(InvalidValue) {
    let number: Double
    switch json {
    case .integer(let whole): number = Double(whole)
    case .number(let fraction): number = fraction
    default: throw InvalidValue("must be a number, not \(json.kind)", rule: "type")
    }
    guard Self.range.contains(number) else { throw InvalidValue("must be between 25 and 45", rule: "range") }
    value = number
  }
}

/// How far back a history goes.
package enum VitalsRange: String, ChoicePrimitive {
  case hour = "1h"
  case sixHours = "6h"
  case day = "24h"
  case threeDays = "72h"

  var hours: Int {
    switch self {
    case .hour: 1
    case .sixHours: 6
    case .day: 24
    case .threeDays: 72
    }
  }
}
