import Core
import Operations
import Patients
package import Postgres
import Secrets

enum VisitNoteEntity {}
typealias VisitNoteID = Identifier<VisitNoteEntity>

/// What a doctor noted at a visit; an amendment names the note that it corrects.
package enum VisitNoteKind: Shaped {
  package static let shape = RowShape([
    .init("id", "n.id", .uuid), .init("appointmentId", "n.appointment_id", .uuid),
    .init("patientId", "n.patient_id", .uuid), .init("authorId", "n.author_id", .uuid),
    .init("amends", "n.amends", .uuid, nullable: true), .init("text", "NULL", .string),
    .init("diagnosis", "NULL", .string, nullable: true), .init("reason", "NULL", .string, nullable: true),
    .init("createdAt", "n.created_at", .timestamp),
  ])
}

/// What stands in a note, sealed.
struct VisitNoteContent {
  let text: ClinicalNote
  let diagnosis: ShortText?
  /// Why it was amended.
  let reason: ShortText?

  var json: JSONValue {
    .of([("text", text.json), ("diagnosis", diagnosis?.json), ("reason", reason?.json)])
  }

  func sealed(for id: VisitNoteID, in hospital: HospitalID, _ secrets: KeyRing) throws -> [UInt8] {
    try secrets.seal(json.encoded, for: .patientRecord, place: Self.place(of: id, in: hospital))
  }

  static func place(of id: VisitNoteID, in hospital: HospitalID) -> String {
    "visit_notes.content \(hospital.text) \(id.text)"
  }
}

/// A note as the API shows it.
struct VisitNote {
  let id: VisitNoteID
  private let values: [String: JSONValue]

  init(_ row: Row, _ call: WriteCall) throws {
    id = try row.decode("id")
    let place = VisitNoteContent.place(of: id, in: try call.hospital.id)
    let content = try JSONParser.parse(
      try call.secrets.open(try row.decode("content"), for: .patientRecord, place: place))
    values = [
      "id": .string(id.text),
      "appointmentId": .string(try row.decode("appointment_id", as: AppointmentID.self).text),
      "patientId": .string(try row.decode("patient_id", as: PatientID.self).text),
      "authorId": .string(try row.decode("author_id", as: UserID.self).text),
      "amends": try row.decode("amends", as: VisitNoteID?.self).map { .string($0.text) } ?? .null,
      "text": content["text"] ?? .null, "diagnosis": content["diagnosis"] ?? .null,
      "reason": content["reason"] ?? .null, "createdAt": try row.decode("created_at", as: Timestamp.self).json,
    ]
  }

  func json(_ shape: RowShape = VisitNoteKind.shape) -> JSONValue {
    .object(shape.columns.map { .init($0.name, values[$0.name] ?? .null) })
  }
}
