package import Core
package import NIOCore
package import Operations
import Postgres

/// Shows a patient's last vital signs and where each of them is going.
package struct ShowCurrentVitals: WriteOperation {
  package let patientId: PatientID

  package static let contract = Contract(
    name: "patient.getCurrentVitals", route: .get("/patients/{patientId}/vitals/current"),
    summary: "Show the last vital signs", message: "The vital signs.", access: .permission(.viewPatients),
    limit: RateLimit("patient.vitals", max: 300, windowSeconds: 60), mode: .read,
    audit: .reads(action: "vitals_viewed"), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> CurrentVitals {
    let patient = try await call.openPatient(patientId)
    let rows = try await call.transaction.query(
      VitalsQueries.recent(of: patientId, in: patient.hospital, hours: 72, limit: 50))
    return CurrentVitals(readings: try rows.map { try Reading($0, call) })
  }
}

/// Shows a patient's vital signs of the last hours with their statistics.
package struct ShowVitalsHistory: WriteOperation {
  package let patientId: PatientID
  package let timeRange: VitalsRange?

  package static let contract = Contract(
    name: "patient.getVitalsHistory", route: .get("/patients/{patientId}/vitals"),
    summary: "Show the vital signs of the last hours, at most 500 readings", message: "The vital signs.",
    access: .permission(.viewPatients), limit: RateLimit("patient.vitals", max: 300, windowSeconds: 60), mode: .read,
    audit: .reads(action: "vitals_viewed"), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> VitalsHistory {
    let patient = try await call.openPatient(patientId)
    return try await call.history(of: patient, timeRange ?? .day)
  }
}

extension WriteCall {
  func history(of patient: Patient, _ range: VitalsRange) async throws -> VitalsHistory {
    let results = try await transaction.queries([
      VitalsQueries.recent(of: patient.id, in: patient.hospital, hours: range.hours, limit: 500),
      VitalsQueries.statistics(of: patient.id, in: patient.hospital, hours: range.hours),
    ])
    guard results.count == 2 else { throw Failure.internalFault }
    return VitalsHistory(
      readings: try results[0].map { try Reading($0, self) }, statistics: try results[1].map(SignStatistics.init))
  }
}

/// The last reading, and the trend of each sign over its last two values of three days.
package struct CurrentVitals: Answer {
  let readings: [Reading]

  func trend(of sign: VitalSign) -> Trend? {
    let values = readings.compactMap { $0.values[sign] }
    return values.count > 1 ? Trend(from: values[1], to: values[0]) : nil
  }

  package static var schema: JSONSchema {
    .object([
      .init("vitals", Reading.schema.nullable),
      .init("trend", .object(VitalSign.allCases.map { .init($0.rawValue, Trend.schema.nullable) })),
    ])
  }

  package func write(into buffer: inout ByteBuffer) {
    buffer.writeJSON([
      "vitals": readings.first?.json ?? .null,
      "trend": .object(VitalSign.allCases.map { .init($0.rawValue, trend(of: $0)?.json ?? .null) }),
    ])
  }
}

/// What the values of one sign have in common.
struct SignStatistics {
  let sign: String
  let count: Int64
  let values: [(name: String, value: Double?)]

  init(_ row: Row) throws {
    sign = try row.decode("name")
    count = try row.decode("count")
    values = try ["minimum", "maximum", "average"].map { ($0, try row.decode($0, as: Double?.self)) }
  }

  var json: JSONValue {
    .object([.init("count", .integer(count))] + values.map { .init($0.name, Reading.json($0.value)) })
  }

  static let schema = JSONSchema.object([
    .init("count", .integer(0...Int64.max)), .init("minimum", JSONSchema.number.nullable),
    .init("maximum", JSONSchema.number.nullable), .init("average", JSONSchema.number.nullable),
  ])
}

package struct VitalsHistory: Answer {
  let readings: [Reading]
  let statistics: [SignStatistics]

  package static var schema: JSONSchema {
    .object([
      .init("readings", .array(Reading.schema)),
      .init("statistics", .object(VitalSign.allCases.map { .init($0.rawValue, SignStatistics.schema.nullable) })),
    ])
  }

  package func write(into buffer: inout ByteBuffer) {
    buffer.writeJSON([
      "readings": .array(readings.map(\.json)),
      "statistics": .object(
        VitalSign.allCases.map { sign in
          .init(sign.rawValue, statistics.first { $0.sign == sign.rawValue }?.json ?? .null)
        }),
    ])
  }
}
