package import Core
import Operations
package import Postgres

/// The statements of granted roles.
enum RightsQueries {
  static func grant(_ id: RoleGrantID, to user: UserID, in hospital: HospitalID, by granter: UserID, _ terms: GrantRole)
    -> SQL
  {
    """
    INSERT INTO role_grants AS g (hospital_id, id, user_id, role, department_id, reason, granted_by, expires_at)
    SELECT \(hospital), \(id), \(user), \(terms.role.rawValue), \(terms.departmentId), \(terms.reason?.text),
      \(granter), \(terms.expiresAt)
    WHERE \(terms.expiresAt)::timestamptz IS NULL OR \(terms.expiresAt) > ward.now()
    RETURNING \(sql: RoleGrantKind.shape.sqlColumns)
    """
  }

  /// Of a person's grants those that count, newest first.
  static func grants(of user: UserID, in hospital: HospitalID) -> ShortList {
    ShortList(
      """
      role_grants g WHERE g.hospital_id = \(hospital) AND g.user_id = \(user) AND g.revoked_at IS NULL
        AND (g.expires_at IS NULL OR g.expires_at > ward.now())
      """, order: [.init("g.created_at", "timestamptz"), .init("g.id", "uuid")], isFalling: true)
  }

  static func revoke(_ id: RoleGrantID, of user: UserID, in hospital: HospitalID) -> SQL {
    """
    UPDATE role_grants g SET revoked_at = COALESCE(g.revoked_at, ward.now())
    WHERE g.hospital_id = \(hospital) AND g.id = \(id) AND g.user_id = \(user)
    RETURNING \(sql: RoleGrantKind.shape.sqlColumns)
    """
  }

  /// The administrators by membership, locked in one order until the transaction ends.
  static func lockAdministrators(in hospital: HospitalID) -> SQL {
    """
    SELECT user_id FROM memberships
    WHERE hospital_id = \(hospital) AND is_active AND role = ANY (\(Role.administrators.map(\.rawValue)))
    ORDER BY user_id FOR UPDATE
    """
  }
}

package enum RoleGrantEntity {}
package typealias RoleGrantID = Identifier<RoleGrantEntity>

package enum RoleGrantKind: Shaped {
  package static let shape = RowShape([
    .init("id", "g.id", .uuid), .init("userId", "g.user_id", .uuid), .init("role", "g.role", .string),
    .init("departmentId", "g.department_id", .uuid, nullable: true),
    .init("reason", "g.reason", .string, nullable: true), .init("grantedBy", "g.granted_by", .uuid),
    .init("createdAt", "g.created_at", .timestamp), .init("expiresAt", "g.expires_at", .timestamp, nullable: true),
    .init("revokedAt", "g.revoked_at", .timestamp, nullable: true),
  ])
}
