import Core
package import Operations
package import Postgres
package import Tenancy

/// A doctor's queue of one day in numbers.
package enum QueueFiguresKind: Shaped {
  package static let shape = RowShape([
    .init("doctorId", "f.doctor_id", .uuid), .init("date", "f.day", .string), .init("version", "f.version", .integer),
    .init("waiting", "f.waiting", .integer), .init("inProgress", "f.in_progress", .integer),
    .init("done", "f.done", .integer), .init("left", "f.left_early", .integer),
    .init("emergencies", "f.emergencies", .integer), .init("averageWaitMinutes", "f.waited", .double, nullable: true),
    .init("averageVisitMinutes", "f.lasted", .double, nullable: true),
  ])
}

/// Lists the queues of a day in numbers.
package struct ListQueueFigures: ReadOperation {
  package let paging: Paging<QueueFiguresKind>
  /// Today where it is not given.
  package let date: CivilDate?

  package static let contract = Contract(
    name: "queue.getQueueMetrics", aliases: ["queue.getLocationQueueStats"], route: .get("/doctor-queues"),
    summary: "List the queues of a day in numbers", message: "The queues.", access: .permission(.viewAppointments),
    limit: .standard, mode: .read, audit: .refusalsOnly(category: .scheduling), cache: .never)

  private enum Key: String, CodingKey { case date }

  package init(from decoder: any Decoder) throws {
    paging = try Paging(from: decoder)
    date = try decoder.container(keyedBy: Key.self).decodeIfPresent(CivilDate.self, forKey: .date)
  }

  package func run(_ call: ReadCall) async throws -> Documents<QueueFiguresKind> {
    try await call.documents(
      DayQueueQueries.figures(on: date?.text, in: try call.hospital.id), paging, named: "queues \(date?.text ?? "")")
  }
}
