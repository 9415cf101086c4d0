import Core
import Operations
import Postgres

/// A call that may repeat an open alert: its room and type, and its patient where one is named.
struct RepeatedCall {
  let hospital: HospitalID
  let room: RoomNumber
  let type: AlertTypeCode
  let urgency: Urgency
  let patient: PatientID?
  let department: DepartmentID?
  /// The caller's own department, where he sees no other: he joins no alert that he may not see.
  let boundTo: DepartmentID?

  /// Queues what has to be first, and returns the question for the earlier call. The lock and the question travel with
  /// the other questions of a creation. Urgencies 4 and 5 wait for nobody.
  func ask(_ transaction: Transaction) -> SQL {
    if !urgency.isCritical { transaction.queue(RepeatQueries.queue(room: room, type: type, in: hospital)) }
    return RepeatQueries.earlier(than: self)
  }
}

/// The open alert that a call repeats.
struct EarlierCall: Sendable {
  let id: AlertID
  let urgency: Urgency

  init(_ row: Row) throws {
    id = try row.decode("id")
    urgency = Urgency(unchecked: try row.decode("urgency", as: Int64.self))
  }

  /// Whether a call of this urgency only counts: urgencies 4 and 5 always ring by themselves, and so does a call that is
  /// more urgent than what rings already.
  static func takes(_ call: Urgency, of open: Urgency) -> Bool { !call.isCritical && call <= open }
}
