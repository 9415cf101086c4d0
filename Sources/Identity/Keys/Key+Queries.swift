import Core
import Operations
package import Postgres

/// The statements of keys for programs.
enum KeyQueries {
  /// Whoever makes two keys at once makes them one after the other.
  static func line(of user: UserID) -> SQL {
    "SELECT pg_advisory_xact_lock(hashtextextended(\("api keys " + user.text), 0))"
  }

  /// No row when the person has as many as anybody may have.
  static func insert(
    _ id: Identifier<AnyEntity>, _ token: KeyToken, _ hash: [UInt8], name: String, scopes: [Permission], days: Int64,
    of user: UserID, in hospital: HospitalID, most: Int
  ) -> SQL {
    """
    INSERT INTO api_keys (hospital_id, id, user_id, name, prefix, key_hash, scopes, created_at, expires_at)
    SELECT \(hospital), \(id), \(user), \(name), \(token.prefix), \(hash), \(scopes.map(\.rawValue)), ward.now(),
      ward.now() + make_interval(days => \(days)::int)
    WHERE (SELECT count(*) FROM api_keys k WHERE k.hospital_id = \(hospital) AND k.user_id = \(user)
      AND k.revoked_at IS NULL AND k.expires_at > ward.now()) < \(most)
    RETURNING expires_at
    """
  }

  static func list(of user: UserID, in hospital: HospitalID) -> ShortList {
    ShortList(
      "api_keys k WHERE k.hospital_id = \(hospital) AND k.user_id = \(user)",
      order: [.init("k.id", "uuid")], isFalling: true)
  }

  static func revoke(_ id: Identifier<AnyEntity>, of user: UserID, in hospital: HospitalID) -> SQL {
    """
    UPDATE api_keys SET revoked_at = COALESCE(revoked_at, ward.now())
    WHERE hospital_id = \(hospital) AND user_id = \(user) AND id = \(id) RETURNING revoked_at
    """
  }
}

/// What a person sees of his keys: everything but the key.
package enum ApiKeyKind: Shaped {
  package static let shape = RowShape([
    .init("id", "k.id", .uuid), .init("name", "k.name", .string), .init("prefix", "k.prefix", .string),
    .init("scopes", "to_jsonb(k.scopes)", .json), .init("createdAt", "k.created_at", .timestamp),
    .init("expiresAt", "k.expires_at", .timestamp), .init("lastUsedAt", "k.last_used_at", .timestamp, nullable: true),
    .init("revokedAt", "k.revoked_at", .timestamp, nullable: true),
  ])
}
