package import Core
package import Operations
import Postgres

/// Counts the alerts of each day, week or month, by the hospital's calendar.
package struct ShowAlertAnalytics: ReadOperation {
  package let paging: Paging<AlertBucketKind>
  package let startDate: Timestamp?
  package let endDate: Timestamp?
  package let groupBy: FigureGroup?

  package static let contract = Contract(
    name: "alerts.getAnalytics", aliases: ["healthcare.getAlertAnalytics"], route: .get("/alert-analytics"),
    summary: "Count the alerts of each day, week or month", message: "The figures.",
    access: .permission(.viewAnalytics), limit: .standard, mode: .read, audit: .refusalsOnly(category: .alert),
    cache: .never)

  private enum Key: String, CodingKey { case startDate, endDate, groupBy }

  package init(from decoder: any Decoder) throws {
    paging = try Paging(from: decoder)
    let input = try decoder.container(keyedBy: Key.self)
    startDate = try input.decodeIfPresent(Timestamp.self, forKey: .startDate)
    endDate = try input.decodeIfPresent(Timestamp.self, forKey: .endDate)
    groupBy = try input.decodeIfPresent(FigureGroup.self, forKey: .groupBy)
  }

  package func run(_ call: ReadCall) async throws -> Documents<AlertBucketKind> {
    let period = try FigurePeriod(startDate, endDate, now: call.now, days: 30)
    let group = groupBy ?? .day
    let name = "buckets \(startDate?.rfc3339 ?? "") \(endDate?.rfc3339 ?? "") \(group.rawValue)"
    return try await call.documents(
      FigureQueries.buckets(period, by: group, in: try call.hospital.id), paging, named: name)
  }
}
