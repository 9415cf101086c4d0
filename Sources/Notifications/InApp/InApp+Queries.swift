import Core
import FoundationEssentials
import Operations
package import Postgres

/// A line of the notification centre on the wire.
package enum NotificationKind: Shaped {
  package static let shape = RowShape([
    .init("id", "n.id", .uuid), .init("kind", "n.kind", .string), .init("title", "n.title", .string),
    .init("text", "n.body", .string), .init("alertId", "n.alert_id", .uuid, nullable: true),
    .init("tier", "n.tier", .integer, nullable: true), .init("urgencyLevel", "n.urgency", .integer, nullable: true),
    .init("times", "n.times", .integer), .init("createdAt", "n.created_at", .timestamp),
    .init("toldAt", "n.told_at", .timestamp), .init("readAt", "n.read_at", .timestamp, nullable: true),
  ])
}

/// The statements of the notification centre.
enum InAppQueries {
  /// One line for a person and an alert, unread again when he is told again; an older occasion changes nothing.
  static func tell(_ entries: [Entry], about notice: Notice, in hospital: HospitalID) -> SQL {
    """
    INSERT INTO notifications AS n (hospital_id, id, user_id, kind, title, body, alert_id, tier, urgency, created_at,
      told_at)
    SELECT \(hospital), e.id, e.user_id, \(notice.kind), e.title, e.body, \(notice.alert), e.tier, \(notice.urgency),
      \(notice.occasion), \(notice.occasion)
    FROM unnest(\(entries.map(\.id.rawValue))::uuid[], \(entries.map(\.person.rawValue))::uuid[],
      \(entries.map(\.title))::text[], \(entries.map(\.text))::text[], \(entries.map(\.tier))::int[])
      AS e (id, user_id, title, body, tier)
    -- Always in the same order: two occasions of one alert, told at once, wait for each other and not both.
    ORDER BY e.user_id
    ON CONFLICT (hospital_id, user_id, alert_id) WHERE alert_id IS NOT NULL DO UPDATE
      SET kind = excluded.kind, title = excluded.title, body = excluded.body, tier = excluded.tier,
        urgency = excluded.urgency, told_at = excluded.told_at, times = n.times + 1, read_at = NULL
      WHERE n.told_at < excluded.told_at
    """
  }

  static func list(of person: UserID, in hospital: HospitalID, unreadOnly: Bool) -> ShortList {
    ShortList(
      "notifications n WHERE n.hospital_id = \(hospital) AND n.user_id = \(person)\(sql: unreadOnly ? unread : "")",
      order: [.init("n.told_at", "timestamptz"), .init("n.id", "uuid")], isFalling: true)
  }

  private static let unread: SQL = " AND n.read_at IS NULL"

  /// Counts to 1,000 and no further.
  static func countUnread(of person: UserID, in hospital: HospitalID) -> SQL {
    """
    SELECT count(*) AS unread FROM (SELECT 1 FROM notifications n
      WHERE n.hospital_id = \(hospital) AND n.user_id = \(person)\(sql: unread) LIMIT 1000) AS found
    """
  }

  /// One's own, read or not; the time of the first reading stays.
  static func read(_ id: NotificationID, by person: UserID, in hospital: HospitalID) -> SQL {
    """
    UPDATE notifications n SET read_at = COALESCE(n.read_at, ward.now())
    WHERE n.hospital_id = \(hospital) AND n.id = \(id) AND n.user_id = \(person)
    RETURNING \(sql: NotificationKind.shape.sqlColumns)
    """
  }

  static func readAll(by person: UserID, in hospital: HospitalID) -> SQL {
    """
    WITH marked AS (
      UPDATE notifications n SET read_at = ward.now()
      WHERE n.hospital_id = \(hospital) AND n.user_id = \(person)\(sql: unread) RETURNING n.alert_id)
    SELECT count(*) AS marked, array_agg(alert_id) FILTER (WHERE alert_id IS NOT NULL) AS alerts FROM marked
    """
  }

  /// Who has read it in the notification centre has read it: the log says so of every message that showed it there.
  static func noteRead(_ alerts: [UUID], by person: UserID, in hospital: HospitalID) -> SQL {
    """
    WITH seen AS (
      UPDATE deliveries SET status = 'read', read_at = ward.now()
      WHERE hospital_id = \(hospital) AND alert_id = ANY (\(alerts)::uuid[]) AND user_id = \(person)
        AND channel IN ('in_app', 'socket') AND status = ANY (\(DeliveryLife.sources(of: .read)))
      RETURNING alert_id)
    SELECT a.id, a.department_id FROM alerts a
    WHERE a.hospital_id = \(hospital) AND a.id IN (SELECT alert_id FROM seen)
    """
  }
}
