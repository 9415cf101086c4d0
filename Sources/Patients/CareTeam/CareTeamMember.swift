package import Core
package import NIOCore
import Operations
import Postgres
import Secrets

package enum CareTeamRole: String, ChoicePrimitive {
  case primaryDoctor = "primary_doctor"
  case attendingNurse = "attending_nurse"
  case specialist, resident, intern

  /// The roles of the hospital that can have this part.
  var staff: [String] {
    switch self {
    case .attendingNurse: ["nurse", "medical_assistant"]
    case .primaryDoctor, .specialist, .resident, .intern: ["doctor", "head_doctor"]
    }
  }
}

/// Somebody who looks after a patient.
package struct CareTeamMember: Answer {
  let json: JSONValue

  init(_ row: Row, _ call: WriteCall) throws {
    let id: Identifier<AnyEntity> = try row.decode("id")
    let place = Self.place(of: id, in: try call.hospital.id)
    let notes = try row.decode("notes", as: [UInt8]?.self).map {
      try call.secrets.openText($0, for: .patientRecord, place: place)
    }
    json = [
      "id": .string(id.text), "patientId": .string(try row.decode("patient_id", as: PatientID.self).text),
      "userId": .string(try row.decode("user_id", as: UserID.self).text),
      "userName": .string(try row.decode("user_name", as: String.self)),
      "role": .string(try row.decode("role", as: String.self)), "notes": notes.map { .string($0) } ?? .null,
      "assignedAt": try row.decode("assigned_at", as: Timestamp.self).json,
      "endedAt": try row.decode("ended_at", as: Timestamp?.self)?.json ?? .null,
    ]
  }

  static func place(of id: Identifier<AnyEntity>, in hospital: HospitalID) -> String {
    "care_team.notes \(hospital.text) \(id.text)"
  }

  package static var schema: JSONSchema {
    .object([
      .init("id", .string(format: "uuid")), .init("patientId", .string(format: "uuid")),
      .init("userId", .string(format: "uuid")), .init("userName", .string()), .init("role", CareTeamRole.schema),
      .init("notes", JSONSchema.string().nullable), .init("assignedAt", .string(format: "date-time")),
      .init("endedAt", JSONSchema.string(format: "date-time").nullable),
    ])
  }

  package func write(into buffer: inout ByteBuffer) { buffer.writeJSON(json) }
}

/// Everybody who looks after a patient now; a handful.
package struct CareTeam: Answer {
  let members: [CareTeamMember]

  package static var schema: JSONSchema { .object([.init("members", .array(CareTeamMember.schema))]) }
  package func write(into buffer: inout ByteBuffer) {
    buffer.writeJSON(["members": .array(members.map(\.json))])
  }
}
