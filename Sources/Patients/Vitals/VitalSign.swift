import Core

/// A vital sign: in which range it is possible, and when it is critical.
///
/// Units: heart rate and breaths per minute, blood pressure in mmHg, temperature in °C, saturation in %, glucose in
/// mg/dl, pain from 0 to 10. Limits after the inventory of the seeds.
package enum VitalSign: String, CaseIterable, Sendable {
  case heartRate, systolic, diastolic, temperature, respiratoryRate, oxygenSaturation, bloodGlucose, pain

  package var range: ClosedRange<Double> {
    switch self {
    case .heartRate: 30...250
    case .systolic: 50...300
    case .diastolic: 30...200
    case .temperature: 25...45
    case .respiratoryRate: 5...60
    case .oxygenSaturation: 50...100
    case .bloodGlucose: 20...600
    case .pain: 0...10
    }
  }

  /// Where a value is not critical; nil for a sign that alone tells nothing.
  package var safe: ClosedRange<Double>? {
    switch self {
    case .heartRate: 40...150
    case .systolic: 90...180
    case .diastolic: 60...110
    case .temperature: 35...39.5
    case .oxygenSaturation: 90...100
    case .respiratoryRate, .bloodGlucose, .pain: nil
    }
  }

  /// What the board calls it; never with the value.
  var title: String {
    switch self {
    case .heartRate: "heart rate"
    case .systolic, .diastolic: "blood pressure"
    case .temperature: "temperature"
    case .respiratoryRate: "breathing"
    case .oxygenSaturation: "oxygen saturation"
    case .bloodGlucose: "blood glucose"
    case .pain: "pain"
    }
  }

  func isCritical(_ value: Double) -> Bool { safe.map { !$0.contains(value) } ?? false }
}

/// Where a sign is going: stable when it changed by less than a twentieth.
package enum Trend: String, ChoicePrimitive {
  case up, down, stable

  package init(from earlier: Double, to later: Double) {
    let change = later - earlier
    // From zero there is no part of it: any change is one.
    if change == 0 || abs(change) < abs(earlier) * 0.05 { self = .stable } else { self = change > 0 ? .up : .down }
  }
}

/// The values of one reading.
package struct VitalValues: Sendable, Equatable {
  package private(set) var values: [VitalSign: Double]

  package init(_ values: [VitalSign: Double]) { self.values = values }

  package subscript(sign: VitalSign) -> Double? { values[sign] }

  package var critical: [VitalSign] {
    VitalSign.allCases.filter { sign in values[sign].map(sign.isCritical) ?? false }
  }

  /// Urgency 4 for one sign out of its limits, 5 for several; the two pressures are one.
  package var urgency: Int64? {
    let titles = Set(critical.map(\.title))
    return titles.isEmpty ? nil : titles.count == 1 ? 4 : 5
  }
}
