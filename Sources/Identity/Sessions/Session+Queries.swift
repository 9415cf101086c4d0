import Core
import Operations
package import Postgres

/// The statements of a person's own sessions; the policies keep them to their person.
enum SessionQueries {
  /// The living ones; `current` is marked.
  static func active(current: SessionID) -> ShortList {
    ShortList(
      """
      sessions s CROSS JOIN (SELECT \(current)::uuid AS id) AS current
      WHERE s.revoked_at IS NULL AND ward.session_end(s) > ward.now()
      """, order: [.init("s.last_seen_at", "timestamptz"), .init("s.id", "uuid")], isFalling: true)
  }

  static func revoke(_ id: SessionID) -> SQL {
    "UPDATE sessions SET revoked_at = ward.now() WHERE id = \(id) AND revoked_at IS NULL RETURNING id"
  }

  static func revokeOthers(than id: SessionID) -> SQL {
    "UPDATE sessions SET revoked_at = ward.now() WHERE id <> \(id) AND revoked_at IS NULL RETURNING id"
  }

  /// Another token for the same session; `isVerified` when a second factor was shown just now.
  static func rotate(_ id: SessionID, to token: SessionToken, isVerified: Bool) -> SQL {
    """
    UPDATE sessions SET token_hash = \(token.hash),
      verified_at = CASE WHEN \(isVerified) THEN ward.now() ELSE verified_at END
    WHERE id = \(id) AND revoked_at IS NULL RETURNING expires_at
    """
  }

  static func choose(_ hospital: HospitalID, for id: SessionID) -> SQL {
    """
    UPDATE sessions SET hospital_id = \(hospital) WHERE id = \(id) AND revoked_at IS NULL AND EXISTS (
      SELECT FROM memberships m WHERE m.hospital_id = \(hospital) AND m.user_id = sessions.user_id AND m.is_active)
    RETURNING hospital_id
    """
  }
}

package enum SessionKind: Shaped {
  package static let shape = RowShape([
    .init("id", "s.id", .uuid), .init("device", "s.user_agent", .string), .init("address", "s.address", .string),
    .init("method", "s.method", .string), .init("hospitalId", "s.hospital_id", .uuid, nullable: true),
    .init("secondFactorAt", "s.verified_at", .timestamp, nullable: true),
    .init("createdAt", "s.created_at", .timestamp), .init("lastSeenAt", "s.last_seen_at", .timestamp),
    .init("expiresAt", "ward.session_end(s)", .timestamp), .init("isCurrent", "s.id = current.id", .boolean),
  ])
}
