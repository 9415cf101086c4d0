import Core
package import Operations
import Postgres

/// Goes on duty or off; alerts reach those who are on duty. Whoever leaves with alerts that are open with him says how
/// things stand, and a handover waits for whoever comes.
package struct SetDuty: JoinedOperation {
  package let isOnDuty: Bool
  package let handoverNotes: HandoverNotes?

  package static let contract = Contract(
    name: "healthcare.toggleOnDuty", route: .put("/duty"), summary: "Go on duty or off duty",
    message: "Your duty is noted.", access: .permission(.startShift), limit: .standard, mode: .write,
    audit: .row(action: "duty_changed", category: .tenancy), cache: .never)

  package func run(_ call: inout WriteCall, _ work: OpenWork) async throws -> Document<DutyKind> {
    let user = try call.person
    let hospital = try call.hospital.id
    let handover = isOnDuty ? nil : try await Leaving(notes: handoverNotes).run(&call, work)
    let rows = try await call.transaction.query(TenancyQueries.setDuty(of: user, in: hospital, to: isOnDuty))
    guard let row = rows.first else { throw Failure.notFound("membership") }
    if let handover { call.noteHandover(handover) }
    call.audit.resource("membership", user)
    call.audit.details["isOnDuty"] = .bool(isOnDuty)
    call.emit(.dutyChanged(of: user, to: isOnDuty, in: hospital))
    return try Document(row)
  }
}

extension WriteCall {
  /// A row of its own beside that of the duty.
  fileprivate mutating func noteHandover(_ id: HandoverID) {
    var row = AuditRow(
      action: EndShift.contract.audit.action ?? "", category: .tenancy, outcome: .success, caller: caller,
      origin: origin)
    row.note.resource("handover", id)
    auditRows.append(row)
  }
}
