import Core
import Operations
import Postgres

/// An alert as the transaction has locked it, with what escalation needs to know.
struct OpenAlert {
  let id: AlertID
  let hospital: HospitalID
  let department: DepartmentID?
  let room: String
  let title: String
  let urgency: Urgency
  let life: AlertLife
  let tier: Int
  let ladder: Ladder
  let createdAt: Timestamp
  let createdBy: UserID?
  let acknowledgedBy: UserID?
  let quorum: Quorum?
  let quorumRepageSeconds: Int
  /// The database's time.
  let now: Timestamp

  init(_ row: Row) throws {
    id = try row.decode("id")
    hospital = try row.decode("hospital_id")
    department = try row.decode("department_id")
    room = try row.decode("room_number")
    title = try row.decode("title")
    urgency = Urgency(unchecked: try row.decode("urgency", as: Int64.self))
    guard let status = AlertLife.Status(rawValue: try row.decode("status", as: String.self)) else {
      throw Failure.internalFault
    }
    life = AlertLife(status)
    tier = try row.decode("tier")
    ladder = Ladder(
      stepSeconds: try row.decode("step_seconds"), repeats: try row.decode("repeats"),
      responseSeconds: try row.decode("response_seconds"))
    createdAt = try row.decode("created_at")
    createdBy = try row.decode("created_by")
    acknowledgedBy = try row.decode("acknowledged_by")
    quorum = try Quorum(quorum: try row.decode("quorum"), responders: try row.decode("responders"))
    quorumRepageSeconds = try row.decode("quorum_repage_seconds", as: Int?.self) ?? 60
    now = try row.decode("now")
  }

  /// The alert, locked for a person's doing.
  static func lock(_ id: AlertID, _ call: inout WriteCall) async throws -> (OpenAlert, Responder) {
    let who = try call.responder
    let locked = try await call.transaction.query(EscalationQueries.lock(id, in: try call.hospital.id))
    guard let row = locked.first else { throw Failure.notFound("alert") }
    call.audit.resource("alert", id)
    return (try OpenAlert(row), who)
  }

  /// Who hears of it: those who see the alerts of its department, and the ones named.
  func rooms(and people: [UserID] = []) -> [Room] {
    Room.hearing(alertOf: department, in: hospital) + people.map(Room.user)
  }

  /// Tells those who were paged just now: on their open pages with the commit, on their other channels by a job after it.
  func page(_ people: [UserID], _ kind: String, tier: Int, reason: String? = nil, _ call: inout WriteCall) throws {
    guard !people.isEmpty else { return }
    call.emit(notice(kind, tier: tier, to: people, reason: reason))
    try call.page(AlertPage(kind, of: id, in: hospital, urgency: urgency, at: now))
  }

  /// Tells somebody of it who was not paged: who has it in hand.
  func tell(_ person: UserID, _ kind: String, _ call: inout WriteCall) throws {
    call.emit(notice(kind, tier: tier, to: [person], reason: nil))
    try call.page(AlertPage(kind, of: id, in: hospital, urgency: urgency, at: now, people: [person]))
  }

  /// What a paged person is told.
  private func notice(_ kind: String, tier: Int, to people: [UserID], reason: String?) -> Event {
    Event(
      "notification:new", to: people.map(Room.user),
      payload: [
        "kind": .string(kind), "alertId": .string(id.text), "tier": .integer(Int64(tier)),
        "urgencyLevel": .integer(urgency.value), "priority": .string(urgency.priority.rawValue),
        "roomNumber": .string(room), "title": .string(title), "reason": reason.map { .string($0) } ?? .null,
      ])
  }
}

extension WriteCall {
  /// Tells somebody about an alert as its row stands, on every channel.
  mutating func tell(_ person: UserID, _ kind: String, about row: Row, in hospital: HospitalID, at time: Timestamp)
    throws
  {
    let alert = try row.decode("id", as: AlertID.self)
    let urgency = Urgency(unchecked: try row.decode("urgencyLevel", as: Int64.self))
    emit(
      Event(
        "notification:new", to: [.user(person)],
        payload: [
          "kind": .string(kind), "alertId": .string(alert.text),
          "tier": .integer(try row.decode("escalationTier", as: Int64.self)),
          "urgencyLevel": .integer(urgency.value), "priority": .string(urgency.priority.rawValue),
          "roomNumber": .string(try row.decode("roomNumber", as: String.self)),
          "title": .string(try row.decode("title", as: String.self)), "reason": .null,
        ]))
    try page(AlertPage(kind, of: alert, in: hospital, urgency: urgency, at: time, people: [person]))
  }
}

extension Reachable {
  /// From the rows of the staff query.
  init(_ rows: Rows) throws {
    var people: [TierGroup: [UserID]] = [:]
    for row in rows {
      guard let person = try row.decode("user_id", as: UserID?.self) else { continue }
      people[TierGroup(role: try row.decode("role")), default: []].append(person)
    }
    self.init(people)
  }
}
