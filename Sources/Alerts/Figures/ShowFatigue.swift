package import Core
package import Operations
import Postgres

/// Shows how often people are interrupted, per department and shift, and what comes of it: the figures by which alarm
/// fatigue is judged.
package struct ShowFatigue: ReadOperation {
  package let paging: Paging<FatigueKind>
  package let startDate: Timestamp?
  package let endDate: Timestamp?
  package let departmentId: DepartmentID?

  package static let contract = Contract(
    name: "alerts.getFatigue", route: .get("/alert-fatigue"), summary: "Show how often people are interrupted",
    message: "The figures.", access: .permission(.viewAnalytics), limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .alert), cache: .never)

  private enum Key: String, CodingKey { case startDate, endDate, departmentId }

  package init(from decoder: any Decoder) throws {
    paging = try Paging(from: decoder)
    let input = try decoder.container(keyedBy: Key.self)
    startDate = try input.decodeIfPresent(Timestamp.self, forKey: .startDate)
    endDate = try input.decodeIfPresent(Timestamp.self, forKey: .endDate)
    departmentId = try input.decodeIfPresent(DepartmentID.self, forKey: .departmentId)
  }

  package func run(_ call: ReadCall) async throws -> Documents<FatigueKind> {
    // A cursor goes on in the time that the first page was counted over, as far as it was given.
    let period = try FigurePeriod(startDate, endDate, now: call.now)
    let name = "fatigue \(startDate?.rfc3339 ?? "") \(endDate?.rfc3339 ?? "") \(departmentId?.text ?? "")"
    return try await call.documents(
      FigureQueries.fatigue(period, department: departmentId, in: try call.hospital.id), paging, named: name)
  }
}
