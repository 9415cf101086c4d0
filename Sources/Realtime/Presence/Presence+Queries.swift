import Core
import Operations
package import Postgres

/// The statements of who is connected to any node.
enum PresenceQueries {
  static func keep(_ told: [(hospital: HospitalID, people: String)], node: Identifier<AnyEntity>, seconds: Int) -> SQL {
    """
    SELECT keep_presences(\(node), \(told.map(\.hospital.rawValue))::uuid[], \(told.map(\.people))::text[], \(seconds))
    """
  }

  /// What nodes said in Redis and what others said here; of a node that said it in both places the later word counts.
  static func people(inRedis rows: JSONValue) -> ShortList {
    ShortList(
      """
      (SELECT (each ->> 'id')::uuid AS user_id, min((each ->> 'since')::timestamptz) AS since,
          sum((each ->> 'connections')::int)::int AS connections, count(*)::int AS nodes
        FROM (
          SELECT DISTINCT ON (node) people FROM (
            SELECT node, people, told_at FROM presences_here()
            UNION ALL
            SELECT node, people, told_at FROM jsonb_to_recordset(\(rows.encoded)::jsonb)
              AS r (node uuid, people jsonb, told_at timestamptz)) AS told
          ORDER BY node, told_at DESC) AS latest
        CROSS JOIN LATERAL jsonb_array_elements(latest.people) AS each
        GROUP BY 1) AS c
      LEFT JOIN users u ON u.id = c.user_id LEFT JOIN screens s ON s.id = c.user_id WHERE true
      """, order: [.init("c.since", "timestamptz"), .init("c.user_id", "uuid")])
  }
}

/// Somebody who is connected, wherever.
package enum PresenceKind: Shaped {
  package static let shape = RowShape([
    .init("userId", "c.user_id", .uuid), .init("name", "COALESCE(u.name, s.name)", .string, nullable: true),
    .init("since", "c.since", .timestamp), .init("connections", "c.connections", .integer),
    .init("nodes", "c.nodes", .integer),
  ])
}
