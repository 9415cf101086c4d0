import Core
import Operations
package import Postgres

/// Whether somebody works in the hospital: he does, he has left, or he is kept out for a while.
package enum UserStatus: String, ChoicePrimitive { case active, inactive, suspended }

package enum StatusChange: String, ChoicePrimitive { case suspend, activate }

package enum UserSort: String, ChoicePrimitive {
  case createdAt, name, email, lastLoginAt

  /// A column of the list's order; somebody who never signed in comes before all who did.
  var column: ShortList.Column {
    switch self {
    case .createdAt: .init("m.created_at", "timestamptz")
    case .name: .init("u.name", "text")
    case .email: .init("u.email", "text")
    case .lastLoginAt: .init("COALESCE(u.last_login_at, '-infinity')", "timestamptz")
    }
  }
}

package enum SortDirection: String, ChoicePrimitive { case asc, desc }

/// The last 24 hours, 7, 30 or 365 days.
package enum AnalyticsRange: String, ChoicePrimitive {
  case day, week, month, year

  var days: Int {
    switch self {
    case .day: 1
    case .week: 7
    case .month: 30
    case .year: 365
    }
  }
}

/// A person as the administrators of a hospital manage him.
package enum ManagedUserKind: Shaped {
  static let status: SQL = """
    CASE WHEN m.is_active AND u.is_active THEN 'active' WHEN m.suspended_at IS NOT NULL THEN 'suspended'
      ELSE 'inactive' END
    """

  package static let shape = RowShape([
    .init("id", "u.id", .uuid), .init("email", "u.email", .string), .init("name", "u.name", .string),
    .init("role", "m.role", .string), .init("departmentId", "m.department_id", .uuid, nullable: true),
    .init("status", status, .string), .init("isOnDuty", "m.is_on_duty", .boolean),
    .init("isEmailVerified", "u.email_verified_at IS NOT NULL", .boolean),
    .init("lastLoginAt", "u.last_login_at", .timestamp, nullable: true),
    .init("suspendedAt", "m.suspended_at", .timestamp, nullable: true),
    .init("suspendedBy", "m.suspended_by", .uuid, nullable: true),
    .init("suspensionReason", "m.suspension_reason", .string, nullable: true),
    .init("createdAt", "m.created_at", .timestamp),
  ])
}

/// The hospital's people and what they did, in numbers.
package enum AdminAnalyticsKind: Shaped {
  package static let shape = RowShape([
    .init("since", "n.since", .timestamp), .init("users", "n.users", .integer), .init("active", "n.active", .integer),
    .init("inactive", "n.inactive", .integer), .init("suspended", "n.suspended", .integer),
    .init("onDuty", "n.on_duty", .integer), .init("newUsers", "n.new_users", .integer),
    .init("signIns", "n.sign_ins", .integer), .init("signedInPeople", "n.signed_in", .integer),
    .init("refusals", "n.refusals", .integer), .init("changes", "n.changes", .integer),
    .init(
      "byRole", "n.by_role", .json,
      schema: .array(.object([.init("role", .string()), .init("active", .integer(0...Int64.max))]))),
  ])
}
