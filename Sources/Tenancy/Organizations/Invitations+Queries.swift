package import Core
import Operations
package import Postgres

/// The statements of invitations and join codes.
enum InvitationQueries {
  /// The invited addresses whose people are members already.
  static func members(among addresses: [String], in hospital: HospitalID) -> SQL {
    """
    SELECT u.email FROM memberships m JOIN users u ON u.id = m.user_id
    WHERE m.hospital_id = \(hospital) AND m.is_active AND u.email = ANY (\(addresses)) ORDER BY u.email
    """
  }

  /// Whoever is invited again follows the newest link only.
  static func revokeEarlier(to addresses: [String], in hospital: HospitalID) -> SQL {
    """
    UPDATE invitations SET revoked_at = ward.now() WHERE hospital_id = \(hospital) AND email = ANY (\(addresses))
      AND accepted_at IS NULL AND revoked_at IS NULL
    """
  }

  static func insert(_ new: [NewInvitation], in hospital: HospitalID, by user: UserID, _ terms: InviteMembers) -> SQL {
    let ids = new.map(\.id.rawValue)
    let addresses = new.map(\.address.text)
    let hashes = new.map(\.token.hexHash)
    return """
      INSERT INTO invitations AS i (hospital_id, id, email, role, department_id, token_hash, invited_by, expires_at)
      SELECT \(hospital), item.id, item.email, \(terms.role.rawValue), \(terms.departmentId),
        decode(item.hash, 'hex'), \(user), ward.now() + \(terms.hours) * interval '1 hour'
      FROM unnest(\(ids)::uuid[], \(addresses)::text[], \(hashes)::text[]) AS item (id, email, hash)
      RETURNING \(sql: InvitationKind.shape.sqlColumns)
      """
  }

  static func invitations(in hospital: HospitalID) -> ShortList {
    ShortList(
      "invitations i WHERE i.hospital_id = \(hospital)",
      order: [.init("i.created_at", "timestamptz"), .init("i.id", "uuid")], isFalling: true)
  }

  static func revoke(_ id: InvitationID, in hospital: HospitalID) -> SQL {
    """
    UPDATE invitations i SET revoked_at = COALESCE(i.revoked_at, ward.now())
    WHERE i.hospital_id = \(hospital) AND i.id = \(id) RETURNING \(sql: InvitationKind.shape.sqlColumns)
    """
  }

  static func invitation(of token: InvitationToken) -> SQL { "SELECT * FROM invitation_of(\(token.hash))" }

  static func accept(_ token: InvitationToken) -> SQL { "SELECT * FROM accept_invitation(\(token.hash))" }

  static func insertCode(
    _ id: JoinCodeID, _ code: JoinCode, in hospital: HospitalID, by user: UserID, _ terms: GenerateCode
  ) -> SQL {
    """
    INSERT INTO join_codes AS c (hospital_id, id, code, role, department_id, max_uses, created_by, expires_at)
    VALUES (\(hospital), \(id), \(code.text), \(terms.role.rawValue), \(terms.departmentId),
      \(terms.maxUses?.value ?? 1), \(user), ward.now() + \(terms.hours) * interval '1 hour')
    ON CONFLICT (code) DO NOTHING RETURNING \(sql: JoinCodeKind.shape.sqlColumns)
    """
  }

  static func codes(in hospital: HospitalID) -> ShortList {
    ShortList(
      "join_codes c WHERE c.hospital_id = \(hospital)",
      order: [.init("c.created_at", "timestamptz"), .init("c.id", "uuid")], isFalling: true)
  }

  static func revokeCode(_ id: JoinCodeID, in hospital: HospitalID) -> SQL {
    """
    UPDATE join_codes c SET revoked_at = COALESCE(c.revoked_at, ward.now())
    WHERE c.hospital_id = \(hospital) AND c.id = \(id) RETURNING \(sql: JoinCodeKind.shape.sqlColumns)
    """
  }

  static func use(_ code: JoinCode) -> SQL { "SELECT * FROM use_join_code(\(code.text))" }
}

/// An invitation before it is written.
struct NewInvitation {
  let id: InvitationID
  let address: EmailAddress
  let token: InvitationToken
}

package enum InvitationEntity {}
package typealias InvitationID = Identifier<InvitationEntity>
package enum JoinCodeEntity {}
package typealias JoinCodeID = Identifier<JoinCodeEntity>

package enum InvitationKind: Shaped {
  package static let shape = RowShape([
    .init("id", "i.id", .uuid), .init("email", "i.email", .string), .init("role", "i.role", .string),
    .init("departmentId", "i.department_id", .uuid, nullable: true), .init("invitedBy", "i.invited_by", .uuid),
    .init("createdAt", "i.created_at", .timestamp), .init("expiresAt", "i.expires_at", .timestamp),
    .init("acceptedAt", "i.accepted_at", .timestamp, nullable: true),
    .init("revokedAt", "i.revoked_at", .timestamp, nullable: true),
  ])
}

package enum JoinCodeKind: Shaped {
  package static let shape = RowShape([
    .init("id", "c.id", .uuid), .init("code", "c.code", .string), .init("role", "c.role", .string),
    .init("departmentId", "c.department_id", .uuid, nullable: true), .init("maxUses", "c.max_uses", .integer),
    .init("uses", "c.uses", .integer), .init("createdAt", "c.created_at", .timestamp),
    .init("expiresAt", "c.expires_at", .timestamp), .init("revokedAt", "c.revoked_at", .timestamp, nullable: true),
  ])
}
