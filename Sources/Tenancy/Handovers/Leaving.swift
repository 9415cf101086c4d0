import Core
package import Operations
import Postgres
import Secrets

/// A handover as it is written.
struct NewHandover {
  let id: HandoverID
  let from: UserID
  let to: UserID?
  let department: DepartmentID?
  let notes: [UInt8]
  let followUps: [UInt8]?
  let alerts: [AlertID]
  let critical: [AlertID]
  let shiftStartedAt: Timestamp?
}

/// Somebody goes off duty: with alerts that are open with him he says how things stand, and somebody takes over.
///
/// His are the alerts that he has acknowledged or is coming to, and the active ones of his department where he is the
/// last on duty who may answer them.
struct Leaving {
  var notes: HandoverNotes?
  var receiver: UserID?
  var critical: [AlertID] = []
  var followUps: FollowUps?
  /// The end of a shift, and no mere toggle: not after minutes, and not with a critical alert in hand.
  var isEndOfShift = false

  /// The handover that was left; nil when there was nothing to hand over.
  func run(_ call: inout WriteCall, _ work: OpenWork) async throws -> HandoverID? {
    let hospital = try call.hospital.id
    let person = try call.person
    try await checkReceiver(person, in: hospital, call)
    let rows = try await call.transaction.query(HandoverQueries.duty(of: person, in: hospital))
    guard let duty = rows.first else { throw Failure.notFound("membership") }
    guard try duty.decode("is_on_duty", as: Bool.self) else {
      guard !isEndOfShift else { throw Failure(.conflict, "You are not on duty.") }
      return nil
    }
    let alerts = try await work.alerts(&call, person)
    try check(alerts, isShort: try duty.decode("is_short"))
    guard let notes else { return nil }
    let id = HandoverID.new(at: call.now)
    let handover = NewHandover(
      id: id, from: person, to: receiver, department: try duty.decode("department_id"),
      notes: try call.seal(notes.text, .notes, of: id),
      followUps: try followUps.map { try call.seal($0.json.encoded, .followUps, of: id) },
      alerts: alerts.map(\.id), critical: critical, shiftStartedAt: try duty.decode("shift_started_at"))
    call.transaction.queue(HandoverQueries.insert(handover, in: hospital))
    try await tell(handover, in: hospital, &call)
    return id
  }

  private func checkReceiver(_ person: UserID, in hospital: HospitalID, _ call: WriteCall) async throws {
    guard let receiver else { return }
    let found = try await call.transaction.query(HandoverQueries.receiver(receiver, in: hospital))
    guard !found.isEmpty, receiver != person else {
      throw Failure.invalid("toUserId", "is nobody else here who works shifts", rule: "exists")
    }
  }

  private func check(_ alerts: [OpenWork.Alert], isShort: Bool) throws(Failure) {
    if notes == nil, !alerts.isEmpty {
      var failure = Failure.invalid(
        "handoverNotes", "is required: \(alerts.count) alerts are open with you", rule: "required")
      failure.details["alertIds"] = .array(alerts.map { .string($0.id.text) })
      throw failure
    }
    guard Set(alerts.map(\.id)).isSuperset(of: critical) else {
      throw .invalid("criticalAlerts", "holds an alert that is not open with you", rule: "exists")
    }
    guard isEndOfShift else { return }
    let held = alerts.filter { $0.isOwn && $0.isCritical }
    guard held.isEmpty else {
      throw Failure(
        .conflict, "Resolve your critical alerts first, or hand them to a colleague.",
        details: ["alertIds": .array(held.map { .string($0.id.text) })])
    }
    guard !isShort else { throw Failure(.conflict, "A shift lasts at least 30 minutes.") }
  }

  private func tell(_ handover: NewHandover, in hospital: HospitalID, _ call: inout WriteCall) async throws {
    let rows = try await call.transaction.query(HandoverQueries.told(handover, in: hospital))
    let rooms = try rows.map { Room.user(try $0.decode("user_id")) }
    guard !rooms.isEmpty else { return }
    call.emit(.handover("handover_pending", handover.id, to: rooms, alerts: handover.alerts.count))
  }
}

extension Event {
  /// What somebody is told of a handover: nothing of what it says.
  static func handover(_ kind: String, _ id: HandoverID, to rooms: [Room], alerts: Int? = nil) -> Event {
    Event(
      "notification:new", to: rooms,
      payload: [
        "kind": .string(kind), "handoverId": .string(id.text), "alerts": alerts.map { .integer(Int64($0)) } ?? .null,
      ])
  }
}

/// The columns of handovers that are sealed, since whoever leaves writes of patients.
package enum HandoverText: String, CaseIterable {
  case notes
  case followUps = "follow_ups"
  case acknowledgment

  func place(of id: HandoverID, in hospital: HospitalID) -> String {
    "handovers.\(rawValue) \(hospital.text) \(id.text)"
  }

  /// For the rotation of keys.
  package static var sealedColumns: [SealedColumn] {
    allCases.map { text in
      SealedColumn(table: "handovers", column: text.rawValue, purpose: .patientRecord) { keys in
        "handovers.\(text.rawValue) \(keys.joined(separator: " "))"
      }
    }
  }
}

extension WriteCall {
  func seal(_ text: String, _ column: HandoverText, of id: HandoverID) throws -> [UInt8] {
    try secrets.seal(text, for: .patientRecord, place: column.place(of: id, in: try hospital.id))
  }
}
