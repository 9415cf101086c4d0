import Core
package import Operations
import Postgres

/// Lists what the caller was told, the newest first.
package struct ListNotifications: ReadOperation {
  package let paging: Paging<NotificationKind>
  package let status: NotificationStatus?

  package static let contract = Contract(
    name: "notification.list", aliases: ["notification.getNotifications"], route: .get("/notifications"),
    summary: "List one's own notifications", message: "Your notifications.", access: .person, limit: .standard,
    mode: .read, audit: .refusalsOnly(category: .alert), cache: .never)

  private enum Key: String, CodingKey { case status }

  package init(from decoder: any Decoder) throws {
    paging = try Paging(from: decoder)
    status = try decoder.container(keyedBy: Key.self).decodeIfPresent(NotificationStatus.self, forKey: .status)
  }

  package func run(_ call: ReadCall) async throws -> Documents<NotificationKind> {
    let status = status ?? .all
    return try await call.documents(
      InAppQueries.list(of: try call.person, in: try call.hospital.id, unreadOnly: status == .unread), paging,
      named: "notifications \(status.rawValue)")
  }
}

/// Lists what the caller was told and has not read, the newest first.
package struct ListUnread: ReadOperation {
  package let paging: Paging<NotificationKind>

  package static let contract = Contract(
    name: "notification.getUnread", route: .get("/notifications/unread"), summary: "List one's unread notifications",
    message: "Your unread notifications.", access: .person, limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .alert), cache: .never)

  package init(from decoder: any Decoder) throws { paging = try Paging(from: decoder) }

  package func run(_ call: ReadCall) async throws -> Documents<NotificationKind> {
    try await call.documents(
      InAppQueries.list(of: try call.person, in: try call.hospital.id, unreadOnly: true), paging,
      named: "notifications unread")
  }
}

/// Counts what the caller has not read.
package struct CountUnread: ReadOperation {
  package static let contract = Contract(
    name: "notification.getUnreadCount", route: .get("/notifications/unread-count"),
    summary: "Count one's unread notifications", message: "Your unread notifications, counted to 1,000.",
    access: .person, limit: .standard, mode: .read, audit: .refusalsOnly(category: .alert), cache: .never)

  package struct Output: Record {
    package let unread: NoticeCount
  }

  package func run(_ call: ReadCall) async throws -> Output {
    let row = try await call.row(
      InAppQueries.countUnread(of: try call.person, in: try call.hospital.id), else: "notifications")
    return Output(unread: NoticeCount(unchecked: try row.decode("unread")))
  }
}

/// Which notifications a list shows.
package enum NotificationStatus: String, ChoicePrimitive { case unread, all }

/// How many notifications.
package struct NoticeCount: IntegerPrimitive {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var range: ClosedRange<Int64> { 0...1_000_000_000 }
}
