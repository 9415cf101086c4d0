package import Core
import FoundationEssentials
import Identity
package import Operations
import Postgres
package import Secrets

/// The address under which a calendar elsewhere reads somebody's appointments: a hospital and a feed, signed, and about
/// nobody. Who has it reads times and services, no patient's name; a new address ends the old one.
package struct CalendarFeed: Sendable, Equatable {
  package static let prefix = "/calendars/"
  package let hospital: HospitalID
  package let id: CalendarFeedID

  private static let size = 32

  package init(hospital: HospitalID, id: CalendarFeedID) {
    self.hospital = hospital
    self.id = id
  }

  package func path(_ secrets: KeyRing) -> String {
    let bytes = Self.bytes(hospital.rawValue) + Self.bytes(id.rawValue)
    let sign = secrets.fingerprints(of: Base64URL.encode(bytes), for: .calendarFeed).first ?? []
    return Self.prefix + Base64URL.encode(bytes + sign) + ".ics"
  }

  /// Nil for what none of the ring's keys has signed.
  package init?(file: String, _ secrets: KeyRing) {
    guard file.utf8.count <= 100, file.hasSuffix(".ics"), let all = Base64URL.decode(String(file.dropLast(4))),
      all.count > Self.size
    else { return nil }
    let bytes = Array(all[..<Self.size])
    guard secrets.isFingerprint(Array(all[Self.size...]), of: Base64URL.encode(bytes), for: .calendarFeed) else {
      return nil
    }
    hospital = HospitalID(rawValue: Self.uuid(bytes, 0))
    id = CalendarFeedID(rawValue: Self.uuid(bytes, 16))
  }

  private static func bytes(_ id: UUID) -> [UInt8] { withUnsafeBytes(of: id.uuid) { Array($0) } }

  /// The sixteen bytes at an offset that the size above leaves room for.
  private static func uuid(_ bytes: [UInt8], _ offset: Int) -> UUID {
    bytes.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(fromByteOffset: offset, as: uuid_t.self)) }
  }

  /// The calendar behind a file's name; each reading is on record.
  package static func text(of file: String, from origin: RequestOrigin, _ executor: Executor) async throws -> String {
    guard let feed = CalendarFeed(file: file, executor.secrets) else { throw Failure.notFound("calendar") }
    return try await executor.system(in: feed.hospital) { call in
      guard let owner = try await call.transaction.query(CalendarQueries.owner(of: feed.id, in: feed.hospital)).first
      else { throw Failure.notFound("calendar") }
      let person = try owner.decode("user_id", as: UserID.self)
      let rows = try await call.transaction.query(
        CalendarQueries.entries(of: person, in: feed.hospital, at: call.now))
      var row = AuditRow(
        action: "calendar_feed_read", category: .scheduling, outcome: .success, caller: nil, origin: origin)
      row.note.actorID = person
      row.note.hospitalID = feed.hospital
      row.note.details["appointments"] = .integer(Int64(rows.count))
      call.auditRows.append(row)
      return CalendarText(name: try owner.decode("name"), entries: try rows.map(CalendarText.Entry.init)).text
    }
  }
}

package enum CalendarFeedEntity {}
package typealias CalendarFeedID = Identifier<CalendarFeedEntity>

extension CalendarText.Entry {
  init(_ row: Row) throws {
    let status: CalendarText.Status =
      switch try row.decode("status", as: String.self) {
      case "held": .tentative
      case "cancelled", "expired", "no_show": .cancelled
      default: .confirmed
      }
    let words = try row.decode("service", as: String.self).replacing("-", with: " ")
    self.init(
      id: try row.decode("id", as: AppointmentID.self).text, start: try row.decode("starts_at"),
      end: try row.decode("ends_at"), changedAt: try row.decode("updated_at"),
      sequence: try row.decode("version", as: Int64.self) - 1, status: status,
      summary: words.prefix(1).uppercased() + words.dropFirst(), location: try row.decode("location"))
  }
}
