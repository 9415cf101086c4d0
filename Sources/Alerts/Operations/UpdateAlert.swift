package import Core
package import Operations
import Postgres

/// Corrects an open alert; the version that was read must still be the current one.
package struct UpdateAlert: WriteOperation {
  package let alertId: AlertID
  package let version: Version
  package let roomNumber: RoomNumber?
  package let title: AlertTitle?
  package let description: ShortText?
  package let departmentId: DepartmentID?

  package static let contract = Contract(
    name: "alerts.update", route: .patch("/alerts/{alertId}"), summary: "Correct an alert",
    message: "Alert updated.", access: .permission(.updateAlerts), limit: .standard, mode: .write,
    audit: .row(action: "alert_updated", category: .alert), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<AlertKind> {
    let hospital = try call.hospital.id
    guard roomNumber != nil || title != nil || description != nil || departmentId != nil else {
      throw Failure.invalid("", "give at least one field to change", rule: "minProperties")
    }
    let edit = AlertEdit(
      room: roomNumber?.text, title: title?.text, description: description?.text, department: departmentId,
      version: version.value)
    let results = try await call.transaction.queries([
      AlertQueries.department(departmentId, in: hospital), AlertQueries.find(alertId, in: hospital, boundTo: nil),
    ])
    guard let before = results.last?.first else { throw Failure.notFound("alert") }
    if departmentId != nil, results[0].isEmpty {
      throw Failure.invalid("departmentId", "refers to nothing in this hospital", rule: "exists")
    }
    let rows = try await call.transaction.query(AlertQueries.update(alertId, in: hospital, edit))
    guard let row = rows.first else {
      let current = try before.decode("version", as: Int64.self)
      guard current == version.value else {
        throw Failure(
          .conflict, "Somebody changed the alert meanwhile. Read it again.", details: ["version": .integer(current)])
      }
      throw try await AlertChange.refusal(of: .edit, alertId, call)
    }
    call.transaction.queue(
      AlertQueries.insertChange(
        "updated", of: alertId, in: hospital, by: try call.person, name: call.caller?.name,
        at: try row.decode("updatedAt")))
    return try AlertChange(
      row: row, id: alertId, hospital: hospital, formerDepartment: .some(try before.decode("departmentId"))
    ).tell(&call)
  }
}
