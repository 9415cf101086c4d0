package import Core
package import Operations
import Postgres

/// Lets somebody stand in from one moment to another, at most 92 days, whoever's turn it is.
package struct AddOverride: WriteOperation {
  package let scheduleId: OnCallScheduleID
  package let userId: UserID
  package let from: Timestamp
  package let to: Timestamp

  package static let contract = Contract(
    name: "onCall.addOverride", route: .post("/on-call-schedules/{scheduleId}/overrides", status: 201),
    summary: "Let somebody stand in", message: "Somebody stands in.", access: .permission(.manageSchedule),
    limit: .standard, mode: .write, audit: .row(action: "on_call_override_added", category: .tenancy), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<OnCallOverrideKind> {
    let hospital = try call.hospital.id
    _ = try OnCallPeriod(from: from, to: to, now: call.now)
    let found = try await call.transaction.query(OnCallQueries.lock(scheduleId, in: hospital))
    guard !found.isEmpty else { throw Failure.notFound("schedule") }
    try await call.transaction.mustWork(userId, in: hospital)
    let id = OnCallOverrideID.new(at: call.now)
    let rows = try await call.transaction.query(OnCallQueries.insert(id, in: hospital, self, by: try call.person))
    guard let row = rows.first else {
      let standing = try await call.transaction.query(OnCallQueries.overlap(self, in: hospital))
      throw try Self.conflict(standing.first)
    }
    call.audit.resource("on_call_schedule", scheduleId)
    call.audit.details = ["overrideId": .string(id.text), "userId": .string(userId.text)]
    return try Document(row)
  }

  private static func conflict(_ row: Row?) throws -> Failure {
    guard let row else { return .internalFault }
    return Failure(
      .conflict, "Somebody stands in at that time already.",
      details: [
        "overrideId": .string(try row.decode("id", as: OnCallOverrideID.self).text),
        "from": try row.decode("starts_at", as: Timestamp.self).json,
        "to": try row.decode("ends_at", as: Timestamp.self).json,
      ])
  }
}
