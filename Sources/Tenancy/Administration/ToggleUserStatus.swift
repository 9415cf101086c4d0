package import Core
package import Operations
import Postgres

/// Keeps a person of the caller's hospital out for a while, with a reason, or lets him in again, also one who had left.
///
/// Who is suspended loses his sessions at once, and no invitation brings him back. Not oneself, not the last
/// administrator, nobody above the caller's role.
package struct ToggleUserStatus: WriteOperation {
  package let userId: UserID
  package let action: StatusChange
  /// Asked for when somebody is suspended.
  package let reason: ShortText?

  package static let contract = Contract(
    name: "admin.toggleUserStatus", route: .post("/admin/users/{userId}/status"),
    summary: "Suspend a person, or let him in again", message: "The status is changed.",
    access: .permission(.manageUsers), limit: .standard, mode: .write,
    audit: .row(action: "user_status_changed", category: .security), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<ManagedUserKind> {
    let hospital = try call.hospital.id
    guard userId != call.caller?.userID else { throw Failure(.forbidden, "Nobody changes his own status.") }
    call.audit.resource("user", userId)
    call.audit.details["change"] = .string(action.rawValue)
    switch action {
    case .suspend: try await suspend(in: hospital, &call)
    case .activate: try await activate(in: hospital, &call)
    }
    let rows = try await call.transaction.query(UserQueries.find(userId, ManagedUserKind.shape, in: hospital))
    guard let row = rows.first else { throw Failure.notFound("person") }
    return try Document(row)
  }

  private func suspend(in hospital: HospitalID, _ call: inout WriteCall) async throws {
    guard let reason else { throw Failure.invalid("reason", "is required to suspend somebody", rule: "required") }
    try await call.keepsAnAdministrator(without: userId)
    let before = try await call.managed(userId)
    let done = try await call.transaction.query(
      AdministrationQueries.suspend(userId, in: hospital, by: try call.person, reason: reason.text))
    guard !done.isEmpty else { throw Failure(.conflict, "This person is not active.") }
    let ended = try await call.transaction.query(UserQueries.endMembership(of: userId))
    call.audit.details["sessionsEnded"] = .integer(try ended.first?.decode("ended", as: Int64.self) ?? 0)
    if before.isOnDuty { call.emitOffDuty(userId, in: hospital) }
  }

  private func activate(in hospital: HospitalID, _ call: inout WriteCall) async throws {
    _ = try await call.managed(userId)
    let done = try await call.transaction.query(AdministrationQueries.activate(userId, in: hospital))
    guard !done.isEmpty else { throw Failure(.conflict, "This person is active.") }
    call.transaction.queue(AdministrationQueries.restore(userId))
  }
}
