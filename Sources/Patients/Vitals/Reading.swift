package import Core
package import NIOCore
import Operations
import Postgres
import Secrets

/// One reading of vital signs as the API shows it.
package struct Reading: Answer {
  let id: Identifier<AnyEntity>
  let patient: PatientID
  let recordedBy: UserID
  let recordedAt: Timestamp
  let values: VitalValues
  let critical: [String]
  let alert: AlertID?
  let notes: String?

  init(_ row: Row, _ call: WriteCall) throws {
    id = try row.decode("id")
    patient = try row.decode("patient_id")
    recordedBy = try row.decode("recorded_by")
    recordedAt = try row.decode("recorded_at")
    var values: [VitalSign: Double] = [:]
    for sign in VitalSign.allCases { values[sign] = try row.decode(sign.rawValue, as: Double?.self) }
    self.values = VitalValues(values)
    critical = try row.decode("critical")
    alert = try row.decode("alert_id")
    let place = Self.place(of: id, in: try call.hospital.id)
    notes = try row.decode("notes", as: [UInt8]?.self).map {
      try call.secrets.openText($0, for: .patientRecord, place: place)
    }
  }

  static func place(of id: Identifier<AnyEntity>, in hospital: HospitalID) -> String {
    "vitals.notes \(hospital.text) \(id.text)"
  }

  static func json(_ value: Double?) -> JSONValue {
    guard let value else { return .null }
    return Int64(exactly: value).map { .integer($0) } ?? .number(value)
  }

  var json: JSONValue {
    .object(
      [
        .init("id", .string(id.text)), .init("patientId", .string(patient.text)),
        .init("recordedBy", .string(recordedBy.text)), .init("recordedAt", recordedAt.json),
      ] + VitalSign.allCases.map { .init($0.rawValue, Self.json(values[$0])) } + [
        .init("critical", .array(critical.map { .string($0) })),
        .init("alertId", alert.map { .string($0.text) } ?? .null), .init("notes", notes.map { .string($0) } ?? .null),
      ])
  }

  package static var schema: JSONSchema {
    .object(
      [
        .init("id", .string(format: "uuid")), .init("patientId", .string(format: "uuid")),
        .init("recordedBy", .string(format: "uuid")), .init("recordedAt", .string(format: "date-time")),
      ] + VitalSign.allCases.map { .init($0.rawValue, JSONSchema.number.nullable) } + [
        .init("critical", .array(.choice(VitalSign.allCases.map(\.rawValue)))),
        .init("alertId", JSONSchema.string(format: "uuid").nullable), .init("notes", JSONSchema.string().nullable),
      ])
  }

  package func write(into buffer: inout ByteBuffer) { buffer.writeJSON(json) }
}
