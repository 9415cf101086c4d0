import Core
import Operations
package import Postgres
import Secrets

/// A record that was opened in an emergency, as it waits for review or was reviewed.
package enum AccessReviewKind: Shaped {
  package static let shape = RowShape([
    .init("id", "e.id", .uuid), .init("patientId", "e.patient_id", .uuid), .init("userId", "e.user_id", .uuid),
    .init("userName", "u.name", .string), .init("reason", "NULL", .string),
    .init("grantedAt", "e.granted_at", .timestamp), .init("expiresAt", "e.expires_at", .timestamp),
    .init("verdict", "e.verdict", .string, nullable: true),
    .init("reviewedBy", "e.reviewed_by", .uuid, nullable: true),
    .init("reviewedAt", "e.reviewed_at", .timestamp, nullable: true),
    .init("reviewNote", "NULL", .string, nullable: true),
  ])
}

package enum ReviewStatus: String, ChoicePrimitive {
  case pending, reviewed, all

  var condition: SQL {
    switch self {
    case .pending: " AND e.verdict IS NULL"
    case .reviewed: " AND e.verdict IS NOT NULL"
    case .all: ""
    }
  }
}

package enum ReviewVerdict: String, ChoicePrimitive { case justified, unjustified }

/// Why somebody opens a record that is kept from him: 10 to 500 characters.
package struct EmergencyReason: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 10...500 }
  package static var sample: String { "Unconscious in the emergency room." }
}

struct AccessReview {
  let id: Identifier<AnyEntity>
  let patient: PatientID
  let user: UserID
  let isReviewed: Bool
  private let values: [String: JSONValue]

  init(_ row: Row, _ call: WriteCall) throws {
    id = try row.decode("id")
    patient = try row.decode("patientId")
    user = try row.decode("userId")
    let verdict: String? = try row.decode("verdict")
    isReviewed = verdict != nil
    let hospital = try call.hospital.id
    let reason = try call.secrets.openText(
      row.decode("sealed_reason"), for: .patientRecord, place: Self.place("reason", of: id, in: hospital))
    var note: String?
    if let sealed = try row.decode("sealed_note", as: [UInt8]?.self) {
      note = try call.secrets.openText(
        sealed, for: .patientRecord, place: Self.place("review_note", of: id, in: hospital))
    }
    func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
    values = [
      "id": .string(id.text), "patientId": .string(patient.text), "userId": .string(user.text),
      "userName": .string(try row.decode("userName")), "reason": .string(reason),
      "grantedAt": try row.decode("grantedAt", as: Timestamp.self).json,
      "expiresAt": try row.decode("expiresAt", as: Timestamp.self).json, "verdict": text(verdict),
      "reviewedBy": text(try row.decode("reviewedBy", as: UserID?.self)?.text),
      "reviewedAt": try row.decode("reviewedAt", as: Timestamp?.self)?.json ?? .null, "reviewNote": text(note),
    ]
  }

  static func place(_ column: String, of id: Identifier<AnyEntity>, in hospital: HospitalID) -> String {
    "emergency_accesses.\(column) \(hospital.text) \(id.text)"
  }

  func json(_ shape: RowShape = AccessReviewKind.shape) -> JSONValue {
    .object(shape.columns.map { .init($0.name, values[$0.name] ?? .null) })
  }
}
