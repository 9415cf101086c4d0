package import Core
package import Operations
import Postgres

/// Adds a schedule on call, at most 100 in a hospital: rotations of people who work there.
package struct CreateOnCallSchedule: WriteOperation {
  package let name: NameText
  package let departmentId: DepartmentID?
  /// For whom the schedule stands, for those who read it; anybody may take part.
  package let role: AnyStaffRole?
  package let layers: OnCallLayers

  package static let contract = Contract(
    name: "onCall.createSchedule", route: .post("/on-call-schedules", status: 201),
    summary: "Add a schedule on call", message: "The schedule is added.", access: .permission(.manageSchedule),
    limit: .standard, mode: .write, audit: .row(action: "on_call_schedule_created", category: .tenancy), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<OnCallScheduleKind> {
    let hospital = try call.hospital.id
    try await call.transaction.mustHave(departmentId, in: hospital)
    try await call.transaction.mustAllWork(layers, in: hospital)
    let id = OnCallScheduleID.new(at: call.now)
    call.transaction.queue(PlaceQueries.lockHospital(hospital))
    let rows = try await call.transaction.query(OnCallQueries.insert(id, in: hospital, self))
    guard let row = rows.first else {
      throw Failure(
        .conflict, "A hospital has at most \(OnCallQueries.limit) schedules.",
        details: ["limit": .integer(Int64(OnCallQueries.limit))])
    }
    call.audit.resource("on_call_schedule", id)
    return try Document(row)
  }
}

extension Transaction {
  /// Names the first layer with somebody who does not work in the hospital.
  func mustAllWork(_ layers: OnCallLayers, in hospital: HospitalID) async throws {
    let everybody = layers.layers.flatMap(\.participants)
    let rows = try await query(OnCallQueries.staff(everybody, in: hospital))
    let known = Set(try rows.map { try $0.decode("user_id", as: UserID.self) })
    for (index, layer) in layers.layers.enumerated() where !known.isSuperset(of: layer.participants) {
      throw Failure.invalid(
        "layers", "item \(index + 1) participants holds somebody who does not work in this hospital", rule: "exists")
    }
  }
}
