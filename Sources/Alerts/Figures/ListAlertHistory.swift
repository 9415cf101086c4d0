package import Core
package import Operations
import Postgres

/// Lists the alerts raised in a time, the newest first, whatever became of them.
package struct ListAlertHistory: ReadOperation {
  package let paging: Paging<AlertKind>
  package let startDate: Timestamp?
  package let endDate: Timestamp?

  package static let contract = Contract(
    name: "alerts.getHistory", aliases: ["healthcare.getAlertHistory"], route: .get("/alert-history"),
    summary: "List the alerts of a time", message: "The alerts.", access: .permission(.viewAnalytics),
    limit: .standard, mode: .read, audit: .refusalsOnly(category: .alert), cache: .never)

  private enum Key: String, CodingKey { case startDate, endDate }

  package init(from decoder: any Decoder) throws {
    paging = try Paging(from: decoder)
    let input = try decoder.container(keyedBy: Key.self)
    startDate = try input.decodeIfPresent(Timestamp.self, forKey: .startDate)
    endDate = try input.decodeIfPresent(Timestamp.self, forKey: .endDate)
  }

  package func run(_ call: ReadCall) async throws -> Documents<AlertKind> {
    let period = try FigurePeriod(startDate, endDate, now: call.now.adding(seconds: 1), days: 30)
    let list = ShortList(
      "alerts a WHERE a.hospital_id = \(try call.hospital.id) AND a.created_at >= \(period.start) AND a.created_at < \(period.end)",
      order: [.init("a.created_at", "timestamptz"), .init("a.id", "uuid")], isFalling: true)
    return try await call.documents(
      list, paging, named: "history \(startDate?.rfc3339 ?? "") \(endDate?.rfc3339 ?? "")")
  }
}
