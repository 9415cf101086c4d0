import Core
import Identity
import Operations
package import Postgres

/// The statements of hospitals, memberships, duty and ward screens.
enum TenancyQueries {
  /// Who stands behind an opaque token, or behind the session that a signed one names; and the roles granted besides.
  static func bearer(of tokenHash: [UInt8], or claims: AccessTokens.Claims?) -> [SQL] {
    let hash: SQL = claims.map { "(SELECT session_hash(\($0.sessionID), \($0.userID)))" } ?? "\(tokenHash)"
    return ["SELECT * FROM bearer_of(\(sql: hash))", "SELECT * FROM role_grants_of(\(sql: hash))"]
  }

  /// As above, of a program's key.
  static func keyBearer(_ hashes: [[UInt8]]) -> [SQL] {
    ["SELECT * FROM key_bearer_of(\(hashes)::bytea[])", "SELECT * FROM key_grants_of(\(hashes)::bytea[])"]
  }

  /// As above, of a member who answers without a session.
  static func answerer(_ user: UserID, in hospital: HospitalID) -> [SQL] {
    [
      "SELECT * FROM answerer_of(\(user), \(hospital))",
      """
      SELECT g.hospital_id, g.role, g.expires_at FROM role_grants g
      WHERE g.hospital_id = \(hospital) AND g.user_id = \(user) AND g.revoked_at IS NULL
        AND (g.expires_at IS NULL OR g.expires_at > ward.now()) AND g.department_id IS NULL
      """,
    ]
  }

  /// At most once an hour, whatever number of nodes sees it used.
  static func touchKey(_ id: Identifier<AnyEntity>, in hospital: HospitalID, hash: [UInt8]) -> [SQL] {
    [
      "SELECT set_config('ward.hospital', \(hospital.text), true)",
      """
      UPDATE api_keys SET last_used_at = ward.now(), key_hash = \(hash)
      WHERE hospital_id = \(hospital) AND id = \(id)
        AND (last_used_at IS NULL OR last_used_at <= ward.now() - interval '1 hour')
      """,
    ]
  }

  static func become(_ user: UserID) -> SQL {
    "SELECT set_config('ward.user', \(user.text), true)"
  }

  static func extendSession(_ id: SessionID) -> SQL {
    """
    UPDATE sessions SET expires_at = ward.now() + interval '7 days', last_seen_at = ward.now()
    WHERE id = \(id) AND revoked_at IS NULL
    """
  }

  /// Without touching the end, so that no node has to forget anything.
  static func touchSession(_ id: SessionID) -> SQL {
    "UPDATE sessions SET last_seen_at = ward.now() WHERE id = \(id) AND revoked_at IS NULL"
  }

  static func departments(in hospital: HospitalID, includeInactive: Bool) -> ShortList {
    ShortList(
      "departments d WHERE d.hospital_id = \(hospital) AND (d.is_active OR \(includeInactive))",
      order: [.init("d.name", "text"), .init("d.id", "uuid")])
  }

  static func department(_ id: DepartmentID, in hospital: HospitalID) -> SQL {
    """
    SELECT \(sql: DepartmentKind.shape.sqlColumns) FROM departments d
    WHERE d.hospital_id = \(hospital) AND d.id = \(id) AND d.is_active
    """
  }

  static func departmentExists(_ id: DepartmentID, in hospital: HospitalID) -> SQL {
    "SELECT 1 FROM departments WHERE hospital_id = \(hospital) AND id = \(id) AND is_active"
  }

  static func duty(of user: UserID, in hospital: HospitalID) -> SQL {
    """
    SELECT \(sql: DutyKind.shape.sqlColumns) FROM memberships m
    WHERE m.hospital_id = \(hospital) AND m.user_id = \(user)
    """
  }

  /// Going on duty when one already is keeps the shift's start.
  static func setDuty(of user: UserID, in hospital: HospitalID, to isOnDuty: Bool) -> SQL {
    """
    UPDATE memberships m SET is_on_duty = \(isOnDuty),
      shift_started_at = CASE WHEN \(isOnDuty) THEN COALESCE(m.shift_started_at, ward.now()) END
    WHERE m.hospital_id = \(hospital) AND m.user_id = \(user)
    RETURNING \(sql: DutyKind.shape.sqlColumns)
    """
  }

  static func staffOnDuty(in hospital: HospitalID, department: DepartmentID?) -> ShortList {
    ShortList(
      """
      memberships m JOIN users u ON u.id = m.user_id
      WHERE m.hospital_id = \(hospital) AND m.is_active AND m.is_on_duty
        AND (\(department)::uuid IS NULL OR m.department_id = \(department))
      """, order: [.init("m.role", "text"), .init("u.name", "text"), .init("m.user_id", "uuid")])
  }

  static func insertScreen(
    _ id: ScreenID, in hospital: HospitalID, department: DepartmentID, name: String, token: SessionToken,
    by user: UserID
  ) -> SQL {
    """
    INSERT INTO screens (hospital_id, id, department_id, name, token_hash, created_by)
    VALUES (\(hospital), \(id), \(department), \(name), \(token.hash), \(user)) RETURNING created_at
    """
  }

  static func screens(in hospital: HospitalID) -> ShortList {
    ShortList(
      """
      screens s JOIN departments d ON d.hospital_id = s.hospital_id AND d.id = s.department_id
      WHERE s.hospital_id = \(hospital)
      """, order: [.init("s.created_at", "timestamptz"), .init("s.id", "uuid")], isFalling: true)
  }

  static func revokeScreen(_ id: ScreenID, in hospital: HospitalID) -> SQL {
    """
    UPDATE screens SET revoked_at = COALESCE(revoked_at, ward.now())
    WHERE hospital_id = \(hospital) AND id = \(id) RETURNING revoked_at
    """
  }
}

package enum DepartmentKind: Shaped {
  package static let shape = RowShape([
    .init("id", "d.id", .uuid), .init("name", "d.name", .string), .init("code", "d.code", .string),
    .init("locationId", "d.location_id", .uuid, nullable: true), .init("isActive", "d.is_active", .boolean),
    .init("version", "d.version", .integer),
  ])
}

package enum DutyKind: Shaped {
  package static let shape = RowShape([
    .init("userId", "m.user_id", .uuid), .init("role", "m.role", .string),
    .init("departmentId", "m.department_id", .uuid, nullable: true),
    .init("isOnDuty", "m.is_on_duty", .boolean),
    .init("shiftStartedAt", "m.shift_started_at", .timestamp, nullable: true),
    .init(
      "warnings", warnings, .json,
      schema: .array(.choice(["rest_under_8_hours", "on_duty_over_24_hours"]))),
  ])

  /// Whoever came back after too little rest, and whoever should have gone.
  private static let warnings: SQL = """
    to_jsonb(array_remove(ARRAY[
      CASE WHEN EXISTS (SELECT FROM duty_periods p WHERE p.hospital_id = m.hospital_id AND p.user_id = m.user_id
        AND p.ended_at <= m.shift_started_at AND p.ended_at > m.shift_started_at - interval '8 hours')
        THEN 'rest_under_8_hours' END,
      CASE WHEN m.shift_started_at <= ward.now() - interval '24 hours' THEN 'on_duty_over_24_hours' END], NULL))
    """
}

package enum StaffKind: Shaped {
  package static let shape = RowShape([
    .init("userId", "m.user_id", .uuid), .init("name", "u.name", .string), .init("role", "m.role", .string),
    .init("departmentId", "m.department_id", .uuid, nullable: true),
    .init("shiftStartedAt", "m.shift_started_at", .timestamp, nullable: true),
  ])
}

package enum ScreenKind: Shaped {
  package static let shape = RowShape([
    .init("id", "s.id", .uuid), .init("name", "s.name", .string), .init("departmentId", "s.department_id", .uuid),
    .init("departmentName", "d.name", .string), .init("createdAt", "s.created_at", .timestamp),
    .init("revokedAt", "s.revoked_at", .timestamp, nullable: true),
  ])
}
