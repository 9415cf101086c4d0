import Core
import Operations
import Postgres

/// The statements of a person's accounts at other providers.
enum LinkedQueries {
  static func list(of user: UserID) -> ShortList {
    ShortList(
      "linked_accounts a WHERE a.user_id = \(user)",
      order: [.init("a.last_used_at", "timestamptz"), .init("a.id", "uuid")], isFalling: true)
  }

  /// All of the person, locked, so that of two that go at once the second sees that the first is gone.
  static func lock(of user: UserID) -> SQL {
    """
    SELECT a.id, EXISTS (SELECT FROM credentials c WHERE c.user_id = \(user) AND c.kind = 'password') AS has_password
    FROM linked_accounts a WHERE a.user_id = \(user) ORDER BY a.id FOR UPDATE OF a
    """
  }

  static func remove(_ id: Identifier<AnyEntity>, of user: UserID) -> SQL {
    "DELETE FROM linked_accounts WHERE user_id = \(user) AND id = \(id)"
  }
}
