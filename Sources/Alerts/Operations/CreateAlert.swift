package import Core
package import Operations
import Postgres

/// Raises an alert: it is on every board and with everybody of the first tier when this returns.
package struct CreateAlert: WriteOperation {
  package let roomNumber: RoomNumber
  package let alertType: AlertTypeCode
  package let urgencyLevel: Urgency?
  package let priority: Priority?
  package let title: AlertTitle?
  package let description: ShortText?
  package let departmentId: DepartmentID?
  package let patientId: PatientID?
  package let expiresAt: Timestamp?

  package static let contract = Contract(
    name: "alerts.create", aliases: ["healthcare.createAlert"], route: .post("/alerts", status: 201),
    summary: "Raise an alert", message: "Alert created.", access: .permission(.createAlerts), limit: limit,
    mode: .write, audit: .row(action: "alert_created", category: .alert), cache: .never)

  /// 30 a minute; urgencies 4 and 5 meet only the flood guard of 300.
  private static let limit = RateLimit(
    "alerts.create", max: 30, windowSeconds: 60,
    choose: { input in
      let isCritical =
        input["urgencyLevel"]?.whole ?? 0 >= 4 || ["high", "critical"].contains(input["priority"]?.text ?? "")
      return isCritical
        ? RateLimit("alerts.create.critical", max: 300, windowSeconds: 60)
        : RateLimit("alerts.create", max: 30, windowSeconds: 60)
    })

  package func run(_ call: inout WriteCall) async throws -> Document<AlertKind> {
    guard let caller = call.caller, try call.hospital.isActive else {
      throw Failure(.conflict, "This hospital is not active and takes no new alerts.")
    }
    let urgency = try checkedUrgency()
    let ground = try await Ground(of: self, urgency: urgency, call)
    call.audit.patientID = patientId
    if let earlier = ground.earlier, EarlierCall.takes(urgency, of: earlier.urgency) {
      call.audit.details = ["urgencyLevel": .integer(urgency.value)]
      let words = [title?.text, description?.text].compactMap { $0 }.joined(separator: ": ")
      return try await Repetition(earlier: earlier.id, expiresAt: expiresAt, words: words.isEmpty ? nil : words)
        .write(&call)
    }
    let climb = Climb.beginning(ladder: ground.ladder, reachable: ground.reachable)
    let alert = NewAlert(
      id: AlertID.new(at: ground.now), hospital: try call.hospital.id, department: departmentId, patient: patientId,
      room: roomNumber.text, type: alertType.text, title: title?.text ?? ground.title,
      description: description?.text, urgency: urgency, ladder: ground.ladder, tier: climb.tier,
      nextEscalationAt: ground.ladder.due(inTier: climb.tier, createdAt: ground.now, now: ground.now),
      createdBy: try call.person, createdByName: caller.name, createdAt: ground.now, expiresAt: expiresAt,
      quorum: ground.quorum, quorumRepageSeconds: ground.quorumRepageSeconds,
      repeatOf: ground.earlier?.id)
    call.audit.resource("alert", alert.id)
    call.audit.details = ["urgencyLevel": .integer(urgency.value), "tier": .integer(Int64(climb.tier))]
    return try await AlertBirth(alert: alert, climb: climb, reachable: ground.reachable).write(&call)
  }

  private func checkedUrgency() throws(Failure) -> Urgency {
    switch (urgencyLevel, priority) {
    case (let urgency?, let priority?):
      guard urgency.priority == priority else {
        throw .invalid("priority", "does not fit the urgencyLevel; give one of them", rule: "consistent")
      }
      return urgency
    case (let urgency?, nil): return urgency
    case (nil, let priority?): return priority.urgency
    case (nil, nil): throw .invalid("urgencyLevel", "is required, or priority instead of it", rule: "required")
    }
  }

  /// What the database says before anything is written.
  private struct Ground {
    let now: Timestamp
    let title: String
    let ladder: Ladder
    let reachable: Reachable
    let quorum: Quorum?
    let quorumRepageSeconds: Int
    /// The open alert that this call repeats.
    let earlier: EarlierCall?

    init(of input: CreateAlert, urgency: Urgency, _ call: WriteCall) async throws {
      let hospital = try call.hospital.id
      let repeated = RepeatedCall(
        hospital: hospital, room: input.roomNumber, type: input.alertType, urgency: urgency, patient: input.patientId,
        department: input.departmentId, boundTo: call.caller?.boundDepartment)
      var statements = [
        AlertQueries.type(input.alertType, in: hospital),
        EscalationQueries.ladder(
          urgency: urgency, department: input.departmentId, type: input.alertType.text, in: hospital),
        EscalationQueries.reachable(department: input.departmentId, in: hospital), repeated.ask(call.transaction),
      ]
      var references = ["departmentId", "patientId"]
      if input.departmentId == nil { references.removeFirst() }
      if input.patientId == nil { references.removeLast() }
      if let department = input.departmentId { statements.append(AlertQueries.department(department, in: hospital)) }
      if let patient = input.patientId { statements.append(AlertQueries.patient(patient, in: hospital)) }
      let results = try await call.transaction.queries(statements)
      guard results.count == statements.count, let type = results[0].first else { throw Failure.internalFault }
      now = try type.decode("now")
      let standardTitle = try type.decode("title", as: String?.self)
      var problems: [FieldProblem] = []
      func foreign(_ path: String) {
        problems.append(FieldProblem(path: path, message: "refers to nothing in this hospital", rule: "exists"))
      }
      if standardTitle == nil { foreign("alertType") }
      for (reference, rows) in zip(references, results.dropFirst(4)) where rows.isEmpty { foreign(reference) }
      if let expiresAt = input.expiresAt, expiresAt <= now {
        problems.append(FieldProblem(path: "expiresAt", message: "must lie in the future", rule: "future"))
      }
      guard problems.isEmpty, let standardTitle else { throw Failure.invalid(problems) }
      title = standardTitle
      ladder = try results[1].first.map(Ladder.init(row:)) ?? .standard(for: urgency)
      reachable = try await Reachable.found(
        results[2], for: input.departmentId, in: hospital, at: now, call.transaction)
      earlier = try results[3].first.map(EarlierCall.init)
      quorum = try Quorum(quorum: try type.decode("quorum"), responders: "[]")
      quorumRepageSeconds = try type.decode("quorum_repage_seconds")
    }
  }
}

extension Ladder {
  init(row: Row) throws {
    self.init(
      stepSeconds: try row.decode("step_seconds"), repeats: try row.decode("repeats"),
      responseSeconds: try row.decode("response_seconds"))
  }
}
