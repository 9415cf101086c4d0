import Core
import Operations
import Patients
package import Postgres
import Secrets

enum PrescriptionEntity {}
typealias PrescriptionID = Identifier<PrescriptionEntity>

package enum PrescriptionStatus: String, ChoicePrimitive { case active, replaced, cancelled }

/// A prescription as the API shows it.
package enum PrescriptionKind: Shaped {
  package static let shape = RowShape([
    .init("id", "p.id", .uuid), .init("appointmentId", "p.appointment_id", .uuid),
    .init("patientId", "p.patient_id", .uuid), .init("doctorId", "p.doctor_id", .uuid),
    .init("doctorName", "NULL", .string), .init("status", "p.status", .string, schema: PrescriptionStatus.schema),
    .init(
      "medications", "NULL", .json, schema: .array(InputDecoder.schema(of: PrescribedDrug.self, closed: false))),
    .init("instructions", "NULL", .string, nullable: true), .init("followUpDate", "NULL", .string, nullable: true),
    // What spoke against it, and why it was written all the same.
    .init("warnings", "NULL", .json, schema: .array(warning)),
    .init("overrideReason", "NULL", .string, nullable: true), .init("verificationCode", "NULL", .string),
    .init("dispensedAt", "p.dispensed_at", .timestamp, nullable: true),
    .init("dispensedBy", "p.dispensed_by", .uuid, nullable: true), .init("createdAt", "p.created_at", .timestamp),
    .init("endedAt", "p.ended_at", .timestamp, nullable: true), .init("version", "p.version", .integer),
  ])

  static let warning = JSONSchema.object([
    .init("medication", .integer(0...49)), .init("reason", .choice(DrugSafety.Reason.allCases.map(\.rawValue))),
  ])
}

/// A prescription, opened.
struct Prescription {
  let id: PrescriptionID
  let appointment: AppointmentID
  let patient: PatientID
  let doctor: UserID
  let doctorName: String
  let status: String
  let content: JSONValue
  let dispensed: (at: Timestamp?, by: UserID?)
  let times: (created: Timestamp, ended: Timestamp?)
  let version: Int64

  /// From the columns of ``PrescriptionQueries``.
  init(_ row: Row, _ call: WriteCall) throws {
    id = try row.decode("id")
    appointment = try row.decode("appointment_id")
    patient = try row.decode("patient_id")
    doctor = try row.decode("doctor_id")
    doctorName = try row.decode("doctor_name")
    status = try row.decode("status")
    let place = Self.place(of: id, in: try call.hospital.id)
    content = try JSONParser.parse(
      try call.secrets.open(try row.decode("content"), for: .patientRecord, place: place))
    dispensed = (try row.decode("dispensed_at"), try row.decode("dispensed_by"))
    times = (try row.decode("created_at"), try row.decode("ended_at"))
    version = try row.decode("version")
  }

  static func place(of id: PrescriptionID, in hospital: HospitalID) -> String {
    "prescriptions.content \(hospital.text) \(id.text)"
  }

  var drugs: [JSONValue] { content["medications"]?.items ?? [] }

  /// The drugs that are still being taken.
  func taken(at now: Timestamp) -> [String] {
    drugs.compactMap { drug in
      guard let name = drug["name"]?.text, let duration = drug["duration"]?.text else { return nil }
      let end = times.created.adding(seconds: TreatmentTime(unchecked: duration).days * 86_400)
      return end > now ? name : nil
    }
  }

  /// `others` are values that are not the prescription's own.
  func json(_ shape: RowShape = PrescriptionKind.shape, with others: [String: JSONValue] = [:]) -> JSONValue {
    .object(shape.columns.map { .init($0.name, others[$0.name] ?? value($0.name)) })
  }

  private func value(_ name: String) -> JSONValue {
    switch name {
    case "id": .string(id.text)
    case "appointmentId": .string(appointment.text)
    case "patientId": .string(patient.text)
    case "doctorId": .string(doctor.text)
    case "doctorName": .string(doctorName)
    case "status": .string(status)
    case "medications", "warnings": content[name] ?? []
    case "dispensedAt": dispensed.at?.json ?? .null
    case "dispensedBy": dispensed.by.map { .string($0.text) } ?? .null
    case "createdAt": times.created.json
    case "endedAt": times.ended?.json ?? .null
    case "version": .integer(version)
    default: content[name] ?? .null
    }
  }
}
