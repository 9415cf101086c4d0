import Core
import Operations
import Postgres

/// The statements of the administrators' views.
enum AdministrationQueries {
  static func list(
    search: String?, role: String?, status: UserStatus?, in hospital: HospitalID, by sort: UserSort, isFalling: Bool
  ) -> ShortList {
    var source: SQL = "\(sql: UserQueries.people) WHERE m.hospital_id = \(hospital) AND m.role <> 'patient'"
    if let role { source = source + " AND m.role = \(role)" }
    if let status { source = source + " AND \(sql: ManagedUserKind.status) = \(status.rawValue)" }
    if let search {
      let wanted = search.lowercased()
      source = source + " AND (strpos(lower(u.name), \(wanted)) > 0 OR strpos(u.email, \(wanted)) > 0)"
    }
    return ShortList(source, order: [sort.column, .init("u.id", "uuid")], isFalling: isFalling)
  }

  static func suspend(_ id: UserID, in hospital: HospitalID, by administrator: UserID, reason: String) -> SQL {
    """
    UPDATE memberships SET is_active = false, is_on_duty = false, shift_started_at = NULL,
      suspended_at = ward.now(), suspended_by = \(administrator), suspension_reason = \(reason)
    WHERE hospital_id = \(hospital) AND user_id = \(id) AND is_active RETURNING true AS done
    """
  }

  static func activate(_ id: UserID, in hospital: HospitalID) -> SQL {
    """
    UPDATE memberships SET is_active = true, suspended_at = NULL, suspended_by = NULL, suspension_reason = NULL
    WHERE hospital_id = \(hospital) AND user_id = \(id) AND NOT is_active RETURNING true AS done
    """
  }

  static func restore(_ id: UserID) -> SQL { "SELECT restore_membership(\(id))" }

  static let platform: SQL = "SELECT \(sql: PlatformKind.shape.sqlColumns) FROM platform_numbers() AS n"

  static func analytics(of hospital: HospitalID, days: Int) -> SQL {
    """
    SELECT \(sql: AdminAnalyticsKind.shape.sqlColumns) FROM (
      SELECT s.since, p.*, a.*,
        (SELECT COALESCE(jsonb_agg(jsonb_build_object('role', r.role, 'active', r.active) ORDER BY r.role), '[]')
          FROM (SELECT m.role, count(*) AS active FROM \(sql: UserQueries.people)
            WHERE m.hospital_id = \(hospital) AND m.role <> 'patient' AND m.is_active AND u.is_active
            GROUP BY m.role) AS r) AS by_role
      FROM (SELECT ward.now() - make_interval(days => \(days)) AS since) AS s,
      LATERAL (
        SELECT count(*) AS users, count(*) FILTER (WHERE \(sql: ManagedUserKind.status) = 'active') AS active,
          count(*) FILTER (WHERE \(sql: ManagedUserKind.status) = 'inactive') AS inactive,
          count(*) FILTER (WHERE \(sql: ManagedUserKind.status) = 'suspended') AS suspended,
          count(*) FILTER (WHERE m.is_on_duty) AS on_duty,
          count(*) FILTER (WHERE m.created_at >= s.since) AS new_users
        FROM \(sql: UserQueries.people) WHERE m.hospital_id = \(hospital) AND m.role <> 'patient') AS p,
      LATERAL (
        SELECT count(*) FILTER (WHERE action = 'login' AND outcome = 'success') AS sign_ins,
          count(DISTINCT actor_id) FILTER (WHERE action = 'login' AND outcome = 'success') AS signed_in,
          COALESCE(sum(repeats) FILTER (WHERE outcome = 'denied'), 0)::bigint AS refusals,
          count(*) FILTER (WHERE category IN ('identity', 'security') AND outcome = 'success'
            AND action <> 'login') AS changes
        FROM audit_log WHERE hospital_id = \(hospital) AND occurred_at >= s.since) AS a) AS n
    """
  }
}
