package import Core
package import Operations
import Postgres

/// Lists who waits for a time, in the order of their turn.
package struct ListWaiting: ReadOperation {
  package let paging: Paging<WaitingEntryKind>
  package let status: WaitingStatus?
  package let doctorId: UserID?

  package static let contract = Contract(
    name: "waitingList.list", aliases: ["waitingList.get"], route: .get("/waiting-list"),
    summary: "List who waits for a free time", message: "Who waits.", access: .permission(.viewAppointments),
    limit: .standard, mode: .read, audit: .refusalsOnly(category: .scheduling), cache: .never)

  private enum Key: String, CodingKey { case status, doctorId }

  package init(from decoder: any Decoder) throws {
    paging = try Paging(from: decoder)
    let input = try decoder.container(keyedBy: Key.self)
    status = try input.decodeIfPresent(WaitingStatus.self, forKey: .status)
    doctorId = try input.decodeIfPresent(UserID.self, forKey: .doctorId)
  }

  package func run(_ call: ReadCall) async throws -> Documents<WaitingEntryKind> {
    try await call.documents(
      WaitingQueries.list(self, in: try call.hospital.id), paging,
      named: "waiting \(status?.rawValue ?? "") \(doctorId?.text ?? "")")
  }
}

/// How many wait, and for how long.
package struct GetWaitingFigures: ReadOperation {
  package static let contract = Contract(
    name: "waitingList.getMetrics", route: .get("/waiting-list/figures"), summary: "Show the waiting list in numbers",
    message: "The waiting list in numbers.", access: .permission(.viewAppointments), limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .scheduling), cache: .never)

  package struct Output: Record {
    package let waiting: QueueCount
    package let urgent: QueueCount
    package let notified: QueueCount
    package let scheduled: QueueCount
    package let removed: QueueCount
    package let longestWaitMinutes: QueueCount
  }

  package func run(_ call: ReadCall) async throws -> Output {
    let row = try await call.row(WaitingQueries.figures(in: try call.hospital.id), else: "waiting list")
    func count(_ name: String) throws -> QueueCount { QueueCount(unchecked: try row.decode(name)) }
    return Output(
      waiting: try count("waiting"), urgent: try count("urgent"), notified: try count("notified"),
      scheduled: try count("scheduled"), removed: try count("removed"), longestWaitMinutes: try count("longest"))
  }
}
