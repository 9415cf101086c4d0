package import Core
package import Operations
package import Postgres

/// The schedules of a hospital for a period, as the database gave them: what the pure plans need, and the names.
package struct OnCallBook: Sendable {
  package struct Schedule: Sendable {
    package let id: OnCallScheduleID
    package let name: String
    package let department: DepartmentID?
    package let role: String?
    package let plan: OnCallPlan
  }

  package struct Person: Sendable {
    package let name: String
    package let role: String
    package let isThere: Bool
  }

  package let schedules: [Schedule]
  package let people: [UserID: Person]
  package let zone: ZoneOffsets

  /// What has to be asked, in this order; of one schedule or of all.
  package static func statements(
    of id: OnCallScheduleID?, in hospital: HospitalID, from: Timestamp, to: Timestamp
  ) -> [SQL] {
    [
      OnCallQueries.schedules(id, in: hospital), OnCallQueries.overrides(of: id, in: hospital, from: from, to: to),
      OnCallQueries.people(of: id, in: hospital), OnCallQueries.offsets(in: hospital, from: from, to: to),
    ]
  }

  package init(_ answers: [Rows]) throws {
    guard answers.count == 4 else { throw Failure.internalFault }
    zone = ZoneOffsets(
      try answers[3].map { .init(from: try $0.decode("starts_at"), seconds: try $0.decode("seconds")) })
    var people: [UserID: Person] = [:]
    for row in answers[2] {
      people[try row.decode("user_id")] = Person(
        name: try row.decode("name"), role: try row.decode("role"), isThere: try row.decode("is_there"))
    }
    var overrides: [OnCallScheduleID: [OnCallPlan.Override]] = [:]
    for row in answers[1] {
      overrides[try row.decode("schedule_id"), default: []].append(
        .init(
          id: try row.decode("id"), person: try row.decode("user_id"), from: try row.decode("starts_at"),
          to: try row.decode("ends_at")))
    }
    let known = people
    let zone = zone
    self.people = people
    schedules = try answers[0].map { row in
      guard let layers = OnCallLayers(stored: try row.decode("layers")) else { throw Failure.internalFault }
      let id = try row.decode("id", as: OnCallScheduleID.self)
      let plan = OnCallPlan(layers: layers.layers, overrides: overrides[id] ?? [], zone: zone) {
        known[$0]?.isThere ?? false
      }
      return Schedule(
        id: id, name: try row.decode("name"), department: try row.decode("department_id"),
        role: try row.decode("role"), plan: plan)
    }
  }

  /// A person on call, as the answers show him.
  func json(of duty: OnCallPlan.Duty) -> [JSONValue.Member] {
    var layer: JSONValue = .null
    var override: JSONValue = .null
    switch duty.source {
    case .layer(let number): layer = .integer(Int64(number))
    case .override(let id): override = .string(id.text)
    }
    return [
      .init("userId", .string(duty.person.text)), .init("userName", .string(people[duty.person]?.name ?? "")),
      .init("source", override == .null ? "rotation" : "override"), .init("layer", layer),
      .init("overrideId", override),
    ]
  }

  /// The spans of a schedule with nobody in them, in words: `Nobody reachable on Sunday 02:00, until Sunday 06:00.`
  func gaps(_ entries: [OnCallPlan.Entry], of schedule: Schedule) -> [JSONValue] {
    entries.filter { $0.duty == nil }.map { gap in
      let words = "Nobody reachable on \(zone.words(for: gap.from)), until \(zone.words(for: gap.to))."
      return [
        "scheduleId": .string(schedule.id.text), "name": .string(schedule.name),
        "departmentId": schedule.department.map { .string($0.text) } ?? .null, "from": gap.from.json,
        "to": gap.to.json, "minutes": .integer((gap.to.microseconds - gap.from.microseconds) / 60_000_000),
        "words": .string(words),
      ]
    }
  }
}

extension ReadCall {
  /// The plans of a period.
  package func onCallBook(of id: OnCallScheduleID?, from: Timestamp, to: Timestamp) async throws -> OnCallBook {
    var answers: [Rows] = []
    for statement in OnCallBook.statements(of: id, in: try hospital.id, from: from, to: to) {
      answers.append(try await rows(statement))
    }
    return try OnCallBook(answers)
  }
}
