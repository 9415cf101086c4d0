package import Core
import FoundationEssentials
package import Operations
import Postgres

/// Takes a handover: of several at once exactly one gets it. The alerts that its giver still has become the receiver's,
/// where he may answer alerts.
package struct AcceptHandover: JoinedOperation {
  package let handoverId: HandoverID
  package let acknowledgment: ShortText?

  package static let contract = Contract(
    name: "handovers.accept", aliases: ["healthcare.acceptHandover"],
    route: .post("/handovers/{handoverId}/acceptance"), summary: "Accept a handover",
    message: "You have taken over.", access: .permission(.startShift), limit: .standard, mode: .write,
    audit: .row(action: "handover_accepted", category: .tenancy), cache: .never)

  package func run(_ call: inout WriteCall, _ work: OpenWork) async throws -> Document<HandoverAnswerKind> {
    let hospital = try call.hospital.id
    let person = try call.person
    let words = try acknowledgment.map { try call.seal($0.text, .acknowledgment, of: handoverId) }
    let rows = try await call.transaction.query(
      HandoverQueries.accept(handoverId, by: person, words, in: hospital))
    guard let row = rows.first else { throw try await call.refusal(of: handoverId, "accepted") }
    let giver = try row.decode("from_user_id", as: UserID.self)
    let alerts = try row.decode("alert_ids", as: [UUID].self).map { AlertID(rawValue: $0) }
    let moved =
      call.caller?.permissions.contains(.acknowledgeAlerts) ?? false
      ? try await work.takeOver(&call, alerts, giver) : 0
    call.audit.resource("handover", handoverId)
    call.audit.details = ["alerts": .integer(Int64(moved))]
    call.emit(.handover("handover_accepted", handoverId, to: [.user(giver)], alerts: moved))
    return try Document(row)
  }
}

/// Does not take a handover: one that was for the caller alone is declined, one for a department waits for others.
package struct DeclineHandover: WriteOperation {
  package let handoverId: HandoverID
  package let reason: ShortText?

  package static let contract = Contract(
    name: "handovers.decline", route: .post("/handovers/{handoverId}/refusal"), summary: "Decline a handover",
    message: "You have declined.", access: .permission(.startShift), limit: .standard, mode: .write,
    audit: .row(action: "handover_declined", category: .tenancy), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<HandoverAnswerKind> {
    let hospital = try call.hospital.id
    let words = try reason.map { try call.seal($0.text, .acknowledgment, of: handoverId) }
    let rows = try await call.transaction.query(
      HandoverQueries.decline(handoverId, by: try call.person, words, in: hospital))
    guard let row = rows.first else { throw try await call.refusal(of: handoverId, "declined") }
    call.audit.resource("handover", handoverId)
    if try row.decode("status", as: String.self) == HandoverLife.Status.declined.rawValue {
      call.emit(
        .handover("handover_declined", handoverId, to: [.user(try row.decode("from_user_id", as: UserID.self))]))
    }
    return try Document(row)
  }
}

extension WriteCall {
  /// Why a handover could not be answered: it is not the caller's to answer, or somebody was faster, or it is too late.
  fileprivate func refusal(of id: HandoverID, _ done: String) async throws -> Failure {
    let rows = try await transaction.query(HandoverQueries.find(id, for: try person, in: try hospital.id))
    guard let row = rows.first else { return .notFound("handover") }
    if try row.decode("is_own", as: Bool.self) {
      return Failure(.forbidden, "Nobody answers his own handover.")
    }
    guard try row.decode("is_for_him", as: Bool.self) else { return .notFound("handover") }
    let status = try row.decode("status", as: String.self)
    return Failure(
      .conflict, "The handover is \(status); it cannot be \(done) now.", details: ["status": .string(status)])
  }
}
