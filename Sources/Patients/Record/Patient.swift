package import Core
import Operations
import Postgres
import Secrets

/// A patient with the record opened.
package struct Patient: Sendable {
  package let id: PatientID
  package let hospital: HospitalID
  package var record: PatientRecord
  let isOpen: Bool
  let department: DepartmentID?
  let room: String?
  let bed: String?
  package let status: PatientStatus
  let flags: (dnr: Bool, fallRisk: Bool, allergyAlert: Bool)
  let times: (admitted: Timestamp, discharged: Timestamp?, created: Timestamp, updated: Timestamp)
  let version: Int64

  /// From the columns of `PatientQueries.columns`.
  init(_ row: Row, _ call: WriteCall) throws {
    id = try row.decode("id")
    hospital = try row.decode("hospital_id")
    if let sealed = try row.decode("record", as: [UInt8]?.self) {
      record = try PatientRecord(opening: sealed, of: id, in: hospital, with: call.secrets)
    } else {
      record = PatientRecord(
        plainNumber: try row.decode("mrn"), name: try row.decode("name"))
    }
    isOpen = try row.decode("is_open")
    department = try row.decode("department_id")
    room = try row.decode("room_number")
    bed = try row.decode("bed_number")
    status = PatientStatus(rawValue: try row.decode("status")) ?? .active
    flags = (try row.decode("is_dnr"), try row.decode("is_fall_risk"), try row.decode("has_allergy_alert"))
    times = (
      try row.decode("admitted_at"), try row.decode("discharged_at"), try row.decode("created_at"),
      try row.decode("updated_at")
    )
    version = try row.decode("version")
  }

  /// What is shown of a record that the caller may not open: enough to know whom to open it for.
  private static let head: Set = [
    "id", "hospitalId", "mrn", "name", "dateOfBirth", "gender", "departmentId", "status", "admittedAt", "dischargedAt",
    "createdAt", "updatedAt", "version", "isRestricted",
  ]

  /// The value of a field of ``PatientKind``.
  func value(_ name: String) -> JSONValue {
    guard isOpen || Self.head.contains(name) else { return .null }
    if let field = PatientRecord.Field(rawValue: name) { return sealedValue(field) }
    func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
    return switch name {
    case "id": .string(id.text)
    case "hospitalId": .string(hospital.text)
    case "departmentId": text(department?.text)
    case "roomNumber": text(room)
    case "bedNumber": text(bed)
    case "status": .string(status.rawValue)
    case "flags":
      ["dnr": .bool(flags.dnr), "fallRisk": .bool(flags.fallRisk), "allergyAlert": .bool(flags.allergyAlert)]
    case "admittedAt": times.admitted.json
    case "dischargedAt": times.discharged?.json ?? .null
    case "createdAt": times.created.json
    case "updatedAt": times.updated.json
    case "version": .integer(version)
    case "isRestricted": .bool(!isOpen)
    default: .null
    }
  }

  private func sealedValue(_ field: PatientRecord.Field) -> JSONValue {
    switch field {
    case .secondaryDiagnoses, .allergies, .medications: record[field] ?? []
    case .gender: record[field] ?? "unknown"
    default: record[field] ?? .null
    }
  }

  func json(_ shape: RowShape) -> JSONValue { .object(shape.columns.map { .init($0.name, value($0.name)) }) }
}

extension PatientRecord {
  /// What an earlier version left readable and no start has sealed yet.
  init(plainNumber: String, name: String) {
    self.init([.mrn: .string(plainNumber), .name: .string(name)])
  }
}

extension Document where Kind == PatientKind {
  init(_ patient: Patient) { self.init(json: patient.json(PatientKind.shape)) }
}
