package import Core
import FoundationEssentials
package import Operations
import Postgres

/// Marks one of the caller's notifications as read; again changes nothing.
package struct MarkRead: WriteOperation {
  package let notificationId: NotificationID

  package static let contract = Contract(
    name: "notification.markRead", aliases: ["notification.markAsRead"],
    route: .post("/notifications/{notificationId}/reading"), summary: "Mark a notification as read",
    message: "Marked as read.", access: .person, limit: .standard, mode: .write,
    audit: .row(action: "notification_read", category: .alert), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<NotificationKind> {
    let hospital = try call.hospital.id
    let person = try call.person
    let rows = try await call.transaction.query(InAppQueries.read(notificationId, by: person, in: hospital))
    guard let row = rows.first else { throw Failure.notFound("notification") }
    call.audit.resource("notification", notificationId)
    if let alert = try row.decode("alertId", as: UUID?.self) {
      try await call.noteRead([alert], by: person, in: hospital)
    }
    call.tellRead(by: person)
    return try Document(row)
  }
}

/// Marks all of the caller's notifications in this hospital as read.
package struct MarkAllRead: WriteOperation {
  package static let contract = Contract(
    name: "notification.markAllRead", aliases: ["notification.markAllAsRead"], route: .post("/notifications/reading"),
    summary: "Mark all notifications as read", message: "All marked as read.", access: .person, limit: .standard,
    mode: .write, audit: .row(action: "notifications_read", category: .alert), cache: .never)

  package struct Output: Record {
    package let marked: NoticeCount
  }

  package func run(_ call: inout WriteCall) async throws -> Output {
    let hospital = try call.hospital.id
    let person = try call.person
    let rows = try await call.transaction.query(InAppQueries.readAll(by: person, in: hospital))
    guard let row = rows.first else { throw Failure.internalFault }
    if let alerts = try row.decode("alerts", as: [UUID]?.self) {
      try await call.noteRead(alerts, by: person, in: hospital)
    }
    call.tellRead(by: person)
    let marked = try row.decode("marked", as: Int64.self)
    call.audit.details = ["marked": .integer(marked)]
    return Output(marked: NoticeCount(unchecked: marked))
  }
}

extension WriteCall {
  /// The log of these alerts says that he has read it.
  fileprivate mutating func noteRead(_ alerts: [UUID], by person: UserID, in hospital: HospitalID) async throws {
    for row in try await transaction.query(InAppQueries.noteRead(alerts, by: person, in: hospital)) {
      tellDeliveries(of: try row.decode("id"), department: try row.decode("department_id"), in: hospital)
    }
  }
}
