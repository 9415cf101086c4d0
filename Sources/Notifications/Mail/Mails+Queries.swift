import Core
import Operations
package import Postgres

/// A mail of a hospital on the wire; neither its words nor its address.
package enum MailKind: Shaped {
  package static let shape = RowShape([
    .init("id", "d.id", .uuid), .init("template", "d.kind", .string), .init("status", "d.status", .string),
    .init("reason", "d.reason", .string, nullable: true), .init("attempts", "d.attempts", .integer),
    .init("queuedAt", "d.created_at", .timestamp), .init("sentAt", "d.sent_at", .timestamp, nullable: true),
    .init("deliveredAt", "d.delivered_at", .timestamp, nullable: true),
    .init("failedAt", "d.ended_at", .timestamp, nullable: true),
  ])
}

/// The statements of the log of mails.
enum MailQueries {
  static func list(in hospital: HospitalID) -> ShortList {
    ShortList(
      "deliveries d WHERE d.hospital_id = \(hospital) AND d.channel = 'email' AND d.alert_id IS NULL",
      order: [.init("d.created_at", "timestamptz"), .init("d.id", "uuid")], isFalling: true)
  }

  static func find(_ id: DeliveryID, in hospital: HospitalID) -> SQL {
    """
    SELECT \(sql: MailKind.shape.sqlColumns) FROM deliveries d
    WHERE d.hospital_id = \(hospital) AND d.id = \(id) AND d.channel = 'email'
    """
  }

  static func tried(_ id: DeliveryID, in hospital: HospitalID, reason: String) -> SQL {
    """
    UPDATE deliveries SET attempts = attempts + 1, reason = \(reason)
    WHERE hospital_id = \(hospital) AND id = \(id) AND status = 'queued'
    """
  }
}
