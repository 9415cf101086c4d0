package import Core
import Operations
package import Postgres

/// The statements of people who ask to be let in.
enum JoinRequestQueries {
  static func ask(_ id: JoinRequestID, _ input: SendJoinRequest) -> SQL {
    """
    SELECT ask_to_join(\(id), \(input.subdomain.text), \(input.role.rawValue), \(input.message?.text)) AS outcome
    """
  }

  static var mine: ShortList {
    ShortList(
      "my_join_requests() r WHERE true", order: [.init("r.created_at", "timestamptz"), .init("r.id", "uuid")],
      isFalling: true)
  }

  static func cancel(_ id: JoinRequestID) -> SQL { "SELECT cancel_join_request(\(id)) AS cancelled" }

  static func requests(in hospital: HospitalID, status: String?) -> ShortList {
    ShortList(
      """
      join_requests_here() r WHERE r.hospital_id = \(hospital)
        AND (\(status)::text IS NULL OR r.status = \(status))
      """, order: [.init("r.created_at", "timestamptz"), .init("r.id", "uuid")], isFalling: true)
  }

  /// The request, locked until the transaction ends.
  static func lock(_ id: JoinRequestID, in hospital: HospitalID) -> SQL {
    "SELECT user_id, role, status FROM join_requests WHERE hospital_id = \(hospital) AND id = \(id) FOR UPDATE"
  }

  static func review(_ input: ReviewJoinRequest, in hospital: HospitalID, by user: UserID) -> SQL {
    """
    UPDATE join_requests SET status = \(input.verdict.rawValue), reviewed_by = \(user), reviewed_at = ward.now(),
      note = \(input.note?.text)
    WHERE hospital_id = \(hospital) AND id = \(input.joinRequestId)
    """
  }

  static func request(_ id: JoinRequestID, in hospital: HospitalID) -> SQL {
    """
    SELECT \(sql: JoinRequestKind.shape.sqlColumns) FROM join_requests_here() r
    WHERE r.hospital_id = \(hospital) AND r.id = \(id)
    """
  }

  static func letIn(_ user: UserID, in hospital: HospitalID, role: String, department: DepartmentID?) -> SQL {
    """
    INSERT INTO memberships (hospital_id, user_id, role, department_id)
    VALUES (\(hospital), \(user), \(role), \(department)) ON CONFLICT (hospital_id, user_id) DO NOTHING
    """
  }
}

package enum JoinRequestEntity {}
package typealias JoinRequestID = Identifier<JoinRequestEntity>

/// A request as those see it who decide.
package enum JoinRequestKind: Shaped {
  package static let shape = RowShape([
    .init("id", "r.id", .uuid), .init("userId", "r.user_id", .uuid), .init("name", "r.name", .string),
    .init("email", "r.email", .string), .init("role", "r.role", .string),
    .init("message", "r.message", .string, nullable: true), .init("status", "r.status", .string),
    .init("note", "r.note", .string, nullable: true), .init("createdAt", "r.created_at", .timestamp),
    .init("reviewedAt", "r.reviewed_at", .timestamp, nullable: true),
  ])
}

/// A request as its person sees it.
package enum OwnJoinRequestKind: Shaped {
  package static let shape = RowShape([
    .init("id", "r.id", .uuid), .init("hospitalName", "r.hospital_name", .string), .init("role", "r.role", .string),
    .init("message", "r.message", .string, nullable: true), .init("status", "r.status", .string),
    .init("note", "r.note", .string, nullable: true), .init("createdAt", "r.created_at", .timestamp),
    .init("reviewedAt", "r.reviewed_at", .timestamp, nullable: true),
  ])
}
