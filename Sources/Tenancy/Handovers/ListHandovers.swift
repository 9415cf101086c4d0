package import Core
import FoundationEssentials
package import NIOCore
package import Operations
package import Postgres
import Secrets

/// Lists the handovers that the caller may take, the newest first; or those that he gave.
package struct ListHandovers: ReadOperation {
  package let paging: Paging<HandoverKind>
  package let box: HandoverBox?
  /// The pending ones when nothing is said, and all of the given ones.
  package let status: HandoverLife.Status?

  package static let contract = Contract(
    name: "handovers.getPending", aliases: ["healthcare.getPendingHandovers"], route: .get("/handovers"),
    summary: "List the handovers that wait", message: "The handovers.", access: .permission(.startShift),
    limit: .standard, mode: .read, audit: .refusalsOnly(category: .tenancy), cache: .never)

  private enum Key: String, CodingKey { case box, status }

  package init(from decoder: any Decoder) throws {
    paging = try Paging(from: decoder)
    let input = try decoder.container(keyedBy: Key.self)
    box = try input.decodeIfPresent(HandoverBox.self, forKey: .box)
    status = try input.decodeIfPresent(HandoverLife.Status.self, forKey: .status)
  }

  package func run(_ call: ReadCall) async throws -> HandoverPage {
    let hospital = try call.hospital.id
    let box = box ?? .received
    let filter = HandoverFilter(
      person: try call.person, box: box, status: status ?? (box == .received ? .pending : nil))
    let place = try paging.place(in: "handovers \(filter.text)")
    let after = try place.after.map { key throws(Failure) in
      guard key.count == 1, let id = HandoverID(key[0]) else { throw PageCursor.foreign }
      return id
    }
    let rows = try await call.rows(HandoverQueries.list(filter, in: hospital, after: after, place))
    let total = try await call.rows(HandoverQueries.count(filter, in: hospital)).first?.decode("total", as: Int.self)
    let page = try place.page(rows: rows.count, total: total) {
      [try rows[place.limit - 1].decode("id", as: HandoverID.self).text]
    }
    let names = paging.shape.columns.map(\.name)
    return HandoverPage(
      items: try rows.prefix(place.limit).map { try HandoverKind.json($0, names, hospital, call.secrets) }, page: page)
  }
}

struct HandoverFilter {
  let person: UserID
  let box: HandoverBox
  let status: HandoverLife.Status?

  /// What a cursor of the list is bound to.
  var text: String { "\(box.rawValue) \(status?.rawValue ?? "")" }
}

/// A page of handovers, opened.
package struct HandoverPage: Answer {
  let items: [JSONValue]
  package let page: PageInfo?

  package static var isList: Bool { true }
  package static var schema: JSONSchema { .array(HandoverKind.shape.schema) }
  package static var itemName: String? { "Handover" }
  package func write(into buffer: inout ByteBuffer) { buffer.writeJSON(.array(items)) }
}

/// A handover as giver and receivers see it.
package enum HandoverKind: Shaped {
  package static let shape = RowShape([
    .init("id", "NULL", .uuid), .init("fromUserId", "NULL", .uuid), .init("fromUserName", "NULL", .string),
    .init("toUserId", "NULL", .uuid, nullable: true), .init("toUserName", "NULL", .string, nullable: true),
    .init("departmentId", "NULL", .uuid, nullable: true), .init("notes", "NULL", .string),
    .init("followUps", "NULL", .json, schema: .array(.string())),
    .init("alertIds", "NULL", .json, schema: .array(.string(format: "uuid"))),
    .init("criticalAlertIds", "NULL", .json, schema: .array(.string(format: "uuid"))),
    .init("status", "NULL", .string), .init("createdAt", "NULL", .timestamp), .init("expiresAt", "NULL", .timestamp),
    .init("answeredBy", "NULL", .uuid, nullable: true), .init("answeredByName", "NULL", .string, nullable: true),
    .init("answeredAt", "NULL", .timestamp, nullable: true),
    .init("acknowledgment", "NULL", .string, nullable: true),
  ])

  /// The wanted members of a row whose texts are opened.
  static func json(_ row: Row, _ names: [String], _ hospital: HospitalID, _ secrets: KeyRing) throws -> JSONValue {
    let id = try row.decode("id", as: HandoverID.self)
    func opened(_ column: HandoverText) throws -> String? {
      try row.decode(column.rawValue, as: [UInt8]?.self).map {
        try secrets.openText($0, for: .patientRecord, place: column.place(of: id, in: hospital))
      }
    }
    func text(_ column: String) throws -> JSONValue {
      try row.decode(column, as: String?.self).map { .string($0) } ?? .null
    }
    func ids(_ column: String) throws -> JSONValue {
      .array(try row.decode(column, as: [UUID].self).map { .string(AlertID(rawValue: $0).text) })
    }
    func time(_ column: String) throws -> JSONValue {
      try row.decode(column, as: Timestamp?.self)?.json ?? .null
    }
    let followUps = try opened(.followUps).map { try JSONParser.parse($0.utf8) } ?? .array([])
    let members: [(String, JSONValue)] = [
      ("id", .string(id.text)), ("fromUserId", try text("from_user_id")), ("fromUserName", try text("from_name")),
      ("toUserId", try text("to_user_id")), ("toUserName", try text("to_name")),
      ("departmentId", try text("department_id")), ("notes", .string(try opened(.notes) ?? "")),
      ("followUps", followUps), ("alertIds", try ids("alert_ids")), ("criticalAlertIds", try ids("critical_alert_ids")),
      ("status", try text("status")), ("createdAt", try time("created_at")), ("expiresAt", try time("expires_at")),
      ("answeredBy", try text("answered_by")), ("answeredByName", try text("answered_by_name")),
      ("answeredAt", try time("answered_at")),
      ("acknowledgment", try opened(.acknowledgment).map { .string($0) } ?? .null),
    ]
    return .object(members.filter { names.contains($0.0) }.map { .init($0.0, $0.1) })
  }
}
