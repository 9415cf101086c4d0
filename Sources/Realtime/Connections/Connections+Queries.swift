import Core
import Operations
package import Postgres

enum ConnectionQueries {
  /// What this node knows, walked like every other list; row-level security decides whose names are shown.
  static func connections(_ rows: JSONValue) -> ShortList {
    ShortList(
      """
      jsonb_to_recordset(\(rows.encoded)::jsonb) AS c(
        id text, transport text, connected_at timestamptz, address text, user_agent text, user_id uuid)
      LEFT JOIN users u ON u.id = c.user_id LEFT JOIN screens s ON s.id = c.user_id WHERE true
      """, order: [.init("c.connected_at", "timestamptz"), .init("c.id", "text")])
  }
}

package enum ConnectionKind: Shaped {
  package static let shape = RowShape([
    .init("id", "c.id", .string), .init("transport", "c.transport", .string),
    .init("connectedAt", "c.connected_at", .timestamp), .init("address", "c.address", .string),
    .init("userAgent", "c.user_agent", .string), .init("userId", "c.user_id", .uuid),
    .init("name", "COALESCE(u.name, s.name)", .string, nullable: true),
  ])
}
