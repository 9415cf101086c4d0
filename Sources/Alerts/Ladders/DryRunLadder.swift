package import Core
package import Operations
import Postgres

/// Shows who would be paged when, if an alert were raised and nobody answered. Nothing is written and nobody is told;
/// who is there is who is on duty now, whatever the moment asked for.
package struct DryRunLadder: WriteOperation {
  package let urgencyLevel: Urgency
  package let departmentId: DepartmentID?
  package let alertType: AlertTypeCode?
  package let at: Timestamp?
  package let stepSeconds: StepSeconds?
  package let repeats: Bool?

  package static let contract = Contract(
    name: "alerts.dryRunLadder", route: .post("/escalation-ladders/dry-run"),
    summary: "Show who would be paged when", message: "The dry run.", access: .permission(.manageLadders),
    limit: .standard, mode: .write, audit: .refusalsOnly(category: .alert), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<RehearsalKind> {
    let hospital = try call.hospital.id
    let scope = try await LadderScope.check(departmentId, alertType, call)
    let start = try at ?? scope.decode("now")
    let found = try await call.transaction.queries([
      EscalationQueries.ladder(
        urgency: urgencyLevel, department: departmentId, type: alertType?.text ?? "", in: hospital),
      LadderQueries.people(department: departmentId, in: hospital),
      LadderQueries.quorum(of: alertType, in: hospital),
      EscalationQueries.reachable(department: departmentId, in: hospital),
    ])
    guard found.count == 4 else { throw Failure.internalFault }
    let stored = try found[0].first.map(Ladder.init(row:)) ?? .standard(for: urgencyLevel)
    let ladder = Ladder(stepSeconds: stepSeconds?.values ?? stored.stepSeconds, repeats: repeats ?? stored.repeats)
    let onCall = try await OnCallNow.people(
      found[3], for: departmentId, in: hospital, at: try scope.decode("now"), call.transaction)
    var reachable = try Reachable(found[1])
    reachable.add(onCall)
    let people = try Dictionary(grouping: found[1].map(Self.person) + onCall.map(Self.person), by: \.id)
    let rehearsal = Rehearsal(ladder: ladder, reachable: reachable)
    var steps: [JSONValue] = []
    if try scope.decode("quorum", as: JSONB?.self) != nil {
      let wanted = try found[2].map(Self.person).map(\.json)
      steps.append(Self.step(0, "quorum", at: start, after: 0, skipped: wanted.isEmpty, wanted))
    }
    steps += rehearsal.steps.map { each in
      Self.step(
        each.tier, TierGroup(tier: each.tier).rawValue, at: start, after: each.afterSeconds, skipped: each.skipped,
        reachable.people(inTier: each.tier).compactMap { people[$0]?.first?.json })
    }
    let id = stepSeconds == nil ? try found[0].first?.decode("id", as: LadderID.self) : nil
    return Document(json: [
      "ladderId": id.map { .string($0.text) } ?? .null,
      "isDefault": .bool(stepSeconds == nil && found[0].isEmpty), "basis": "on_duty_now", "at": start.json,
      "steps": .array(steps),
      "repeatsEverySeconds": rehearsal.repeatsEverySeconds.map { .integer(Int64($0)) } ?? .null,
    ])
  }

  private static func step(
    _ tier: Int, _ group: String, at start: Timestamp, after seconds: Int, skipped: Bool, _ people: [JSONValue]
  ) -> JSONValue {
    [
      "tier": .integer(Int64(tier)), "group": .string(group),
      "dueAt": start.adding(seconds: Int64(seconds)).json, "afterSeconds": .integer(Int64(seconds)),
      "skipped": .bool(skipped), "people": .array(people),
    ]
  }

  private static func person(_ row: Row) throws -> (id: UserID, json: JSONValue) {
    let id = try row.decode("user_id", as: UserID.self)
    return (
      id,
      [
        "id": .string(id.text), "name": .string(try row.decode("name")), "role": .string(try row.decode("role")),
        "isOnDuty": .bool(try row.decode("is_on_duty")),
      ]
    )
  }

  private static func person(_ person: OnCallNow.Person) -> (id: UserID, json: JSONValue) {
    (
      person.id,
      [
        "id": .string(person.id.text), "name": .string(person.name), "role": .string(person.role),
        "isOnDuty": false,
      ]
    )
  }
}
