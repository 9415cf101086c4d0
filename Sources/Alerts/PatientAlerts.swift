package import Core
package import Operations
import Postgres

/// What alerts do for a patient, asked by those who look after him and wired by the composition root.
package enum PatientAlerts {
  /// Raises an alert for a patient; nil in a hospital that takes none or has no medical type.
  package static func raise(
    _ call: inout WriteCall, patient: PatientID, room: String?, department: DepartmentID?, urgency: Int64, words: String
  ) async throws -> AlertID? {
    let hospital = try call.hospital
    guard hospital.isActive else { return nil }
    let types = try await call.transaction.query(AlertQueries.medicalType(in: hospital.id))
    guard let type = try types.first?.decode("code", as: String.self) else { return nil }
    let alert = CreateAlert(
      roomNumber: RoomNumber(unchecked: room ?? "unknown"), alertType: AlertTypeCode(unchecked: type),
      urgencyLevel: Urgency(unchecked: urgency), priority: nil, title: AlertTitle(unchecked: "Critical vital signs"),
      description: ShortText(unchecked: words), departmentId: department, patientId: patient, expiresAt: nil)
    let audit = call.audit
    _ = try await alert.run(&call)
    let id = call.audit.resourceID.map { AlertID(rawValue: $0) }
    note("alert_created", &call)
    call.audit = audit
    return id
  }

  /// Resolves every open alert of a patient who leaves; says how many.
  package static func resolve(of patient: PatientID, _ call: inout WriteCall) async throws -> Int {
    let hospital = try call.hospital.id
    let who = try call.responder
    let audit = call.audit
    let rows = try await call.transaction.query(AlertQueries.close(of: patient, in: hospital, by: who.id))
    for row in rows {
      let id: AlertID = try row.decode("id")
      call.transaction.queue(EscalationQueries.clearTimers(TimerKind.allCases, for: id, in: hospital))
      call.transaction.queue(
        AlertQueries.insertChange(
          "resolved", of: id, in: hospital, by: who.id, name: who.name, notes: AlertQueries.discharged,
          at: try row.decode("resolvedAt")))
      _ = try AlertChange(row: row, id: id, hospital: hospital).tell(&call)
      call.audit.patientID = patient
      note("alert_resolved", &call)
    }
    call.audit = audit
    return rows.count
  }

  /// The audit row of what was done to the alert, beside the one of the call itself.
  private static func note(_ action: String, _ call: inout WriteCall) {
    var row = AuditRow(action: action, category: .alert, outcome: .success, caller: call.caller, origin: call.origin)
    let session = row.note.sessionID
    row.note = call.audit
    row.note.sessionID = session
    call.auditRows.append(row)
  }
}
