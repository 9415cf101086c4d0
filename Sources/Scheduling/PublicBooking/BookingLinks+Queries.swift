package import Core
import Operations
package import Postgres

package enum BookingLinkEntity {}
package typealias BookingLinkID = Identifier<BookingLinkEntity>

/// A link by which people without an account book, on the wire; its token is shown once.
package enum BookingLinkKind: Shaped {
  package static let shape = RowShape([
    .init("id", "l.id", .uuid), .init("doctorId", "l.doctor_id", .uuid), .init("service", "l.service", .string),
    .init("expiresAt", "l.expires_at", .timestamp), .init("revokedAt", "l.revoked_at", .timestamp, nullable: true),
    .init("bookings", "l.bookings", .integer), .init("mostBookings", "l.most_bookings", .integer),
    .init("createdBy", "l.created_by", .uuid, nullable: true), .init("createdAt", "l.created_at", .timestamp),
  ])
}

/// The statements of links to book by.
enum BookingLinkQueries {
  private static let columns = BookingLinkKind.shape.sqlColumns

  static func insert(
    _ id: BookingLinkID, _ new: CreateBookingLink, until expiresAt: Timestamp, in hospital: HospitalID, by user: UserID
  ) -> SQL {
    """
    INSERT INTO booking_links (hospital_id, id, doctor_id, service, expires_at, most_bookings, created_by)
    VALUES (\(hospital), \(id), \(new.doctorId), \(new.service.text), \(expiresAt), \(new.mostBookings?.value ?? 100),
      \(user))
    """
  }

  static func list(in hospital: HospitalID) -> ShortList {
    ShortList(
      "booking_links l WHERE l.hospital_id = \(hospital)",
      order: [.init("l.created_at", "timestamptz"), .init("l.id", "uuid")])
  }

  static func revoke(_ id: BookingLinkID, in hospital: HospitalID) -> SQL {
    """
    UPDATE booking_links l SET revoked_at = COALESCE(l.revoked_at, ward.now())
    WHERE l.hospital_id = \(hospital) AND l.id = \(id) RETURNING \(sql: columns)
    """
  }

  /// A link that holds, with what its holder is shown.
  static func find(_ id: BookingLinkID, in hospital: HospitalID, locks: Bool = false) -> SQL {
    """
    SELECT l.doctor_id, l.service, l.expires_at, l.bookings < l.most_bookings AS has_room, h.name AS hospital_name,
      (SELECT u.name FROM users u WHERE u.id = l.doctor_id) AS doctor_name
    FROM booking_links l JOIN hospitals h ON h.id = l.hospital_id
    WHERE l.hospital_id = \(hospital) AND l.id = \(id) AND l.revoked_at IS NULL AND h.is_active\
    \(sql: locks ? " FOR UPDATE OF l" : "")
    """
  }

  static func count(_ id: BookingLinkID, in hospital: HospitalID) -> SQL {
    "UPDATE booking_links SET bookings = bookings + 1 WHERE hospital_id = \(hospital) AND id = \(id)"
  }
}
