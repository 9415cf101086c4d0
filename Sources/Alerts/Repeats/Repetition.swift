import Core
import Operations
import Postgres

/// Counts a call on the alert that is open already, and tells everybody who hears it.
struct Repetition {
  let earlier: AlertID
  let expiresAt: Timestamp?
  /// What the new call says besides room and type; it stands in the timeline.
  let words: String?

  func write(_ call: inout WriteCall) async throws -> Document<AlertKind> {
    let hospital = try call.hospital.id
    let who = try call.responder
    let transaction = call.transaction
    let rows = try await transaction.query(RepeatQueries.count(earlier, in: hospital, expiresAt: expiresAt))
    guard let row = rows.first else { throw Failure.internalFault }
    let time = try row.decode("lastRepeatAt", as: Timestamp.self)
    transaction.queue(
      AlertQueries.insertChange(
        "repeated", of: earlier, in: hospital, by: who.id, name: who.name, notes: words, at: time))
    if let expiresAt = try row.decode("expiresAt", as: Timestamp?.self) {
      transaction.queue(EscalationQueries.setTimer(.expiry, for: earlier, in: hospital, dueAt: expiresAt))
    } else {
      transaction.queue(EscalationQueries.clearTimers([.expiry], for: earlier, in: hospital))
    }
    if let responder = try row.decode("acknowledgedBy", as: UserID?.self) {
      try call.tell(responder, "alert_repeated", about: row, in: hospital, at: time)
    }
    call.audit.details["repeatCount"] = .integer(try row.decode("repeatCount", as: Int64.self))
    return try AlertChange(row: row, id: earlier, hospital: hospital).tell(&call)
  }
}
