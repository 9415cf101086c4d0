package import Core
package import Operations
import Postgres
import Tenancy

/// Shows whom each tier of each ladder would reach, and each schedule on call: now by who is on duty, and at another
/// moment by the planned shifts; administrators are reached at any time. Whoever would reach nobody is listed in words.
package struct ShowReadiness: ReadOperation {
  package let at: Timestamp?

  package static let contract = Contract(
    name: "onCall.getReadiness", route: .get("/readiness"), summary: "Whom would an alert reach",
    message: "The readiness.", access: .permission(.viewSchedule), limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .alert), cache: .never)

  private static let most = 1000

  package func run(_ call: ReadCall) async throws -> Document<ReadinessKind> {
    let hospital = try call.hospital.id
    let time = at ?? call.now
    let book = try await call.onCallBook(of: nil, from: time, to: time)
    var people = try await call.rows(LadderQueries.everybody(in: hospital, at: at)).map(Self.person)
    let there = Set(people.map(\.id))
    people += OnCallNow(book, at: time, for: nil).people.filter { !there.contains($0.id) }.map {
      .init(
        id: $0.id, name: $0.name, role: $0.role, department: $0.department, isOnDuty: false, isOnCall: true)
    }
    let departments = try await call.rows(LadderQueries.departments(in: hospital)).map {
      Readiness.Department(id: try $0.decode("id"), name: try $0.decode("name"))
    }
    let own = try await call.rows(LadderQueries.all(in: hospital)).map(Self.scope)
    let readiness = Readiness(people: people, departments: departments)
    var ladders: [JSONValue] = []
    var missing: [JSONValue] = []
    for scope in Readiness.scopes(own: own) {
      let tiers = readiness.tiers(of: scope)
      ladders.append(Self.json(scope, tiers))
      for tier in tiers { missing += Self.missing(scope, tier, departments) }
    }
    for schedule in book.schedules where schedule.plan.duty(at: time) == nil {
      missing.append(Self.missing(schedule))
    }
    return Document(json: [
      "at": time.json, "basis": .string(at == nil ? "on_duty_now" : "planned_shifts"),
      "isReady": .bool(missing.isEmpty), "ladders": .array(ladders),
      "schedules": .array(book.schedules.map { Self.json($0, book, at: time) }),
      "unreachable": .array(Array(missing.prefix(Self.most))),
    ])
  }

  private static func person(_ row: Row) throws -> Readiness.Person {
    Readiness.Person(
      id: try row.decode("user_id"), name: try row.decode("name"), role: try row.decode("role"),
      department: try row.decode("department_id"), isOnDuty: try row.decode("is_on_duty"))
  }

  private static func scope(_ row: Row) throws -> Readiness.Scope {
    let steps = try row.decode("step_seconds", as: [Int].self)
    return Readiness.Scope(
      id: try row.decode("id"), urgency: try row.decode("urgency"), department: try row.decode("department_id"),
      alertType: try row.decode("alert_type"), lastTier: steps.count + 1)
  }

  private static func json(_ scope: Readiness.Scope, _ tiers: [Readiness.Tier]) -> JSONValue {
    let shown: [JSONValue] = tiers.map { tier in
      [
        "tier": .integer(Int64(tier.number)), "group": .string(tier.group.rawValue),
        "isReachable": .bool(!tier.people.isEmpty),
        "people": .array(
          tier.people.map {
            [
              "id": .string($0.id.text), "name": .string($0.name), "role": .string($0.role),
              "isOnDuty": .bool($0.isOnDuty), "isOnCall": .bool($0.isOnCall),
            ]
          }),
        "emptyDepartments": .array(
          tier.emptyDepartments.map { ["id": .string($0.id.text), "name": .string($0.name)] }),
      ]
    }
    return [
      "ladderId": scope.id.map { .string($0.text) } ?? .null, "isDefault": .bool(scope.id == nil),
      "urgencyLevel": .integer(Int64(scope.urgency)),
      "departmentId": scope.department.map { .string($0.text) } ?? .null,
      "alertType": scope.alertType.map { .string($0) } ?? .null, "tiers": .array(shown),
    ]
  }

  private static func json(_ schedule: OnCallBook.Schedule, _ book: OnCallBook, at time: Timestamp) -> JSONValue {
    let duty = schedule.plan.duty(at: time)
    return [
      "scheduleId": .string(schedule.id.text), "name": .string(schedule.name),
      "departmentId": schedule.department.map { .string($0.text) } ?? .null, "isReachable": .bool(duty != nil),
      "userId": duty.map { .string($0.person.text) } ?? .null,
      "userName": duty.flatMap { book.people[$0.person] }.map { .string($0.name) } ?? .null,
    ]
  }

  // What reaches nobody

  private static func missing(
    _ scope: Readiness.Scope, _ tier: Readiness.Tier, _ departments: [Readiness.Department]
  ) -> [JSONValue] {
    let words = "Urgency \(scope.urgency), tier \(tier.number) (\(tier.group.rawValue))"
    if tier.people.isEmpty {
      let place = scope.department.flatMap { id in departments.first { $0.id == id } }
      return [missing(scope, tier, in: scope.department, place.map { "\(words) of \($0.name)" } ?? words)]
    }
    return tier.emptyDepartments.map { missing(scope, tier, in: $0.id, "\(words) of \($0.name)") }
  }

  private static func missing(
    _ scope: Readiness.Scope, _ tier: Readiness.Tier, in department: DepartmentID?, _ words: String
  ) -> JSONValue {
    [
      "ladderId": scope.id.map { .string($0.text) } ?? .null, "scheduleId": .null,
      "urgencyLevel": .integer(Int64(scope.urgency)), "departmentId": department.map { .string($0.text) } ?? .null,
      "alertType": scope.alertType.map { .string($0) } ?? .null, "tier": .integer(Int64(tier.number)),
      "group": .string(tier.group.rawValue), "words": .string("\(words): nobody reachable."),
    ]
  }

  private static func missing(_ schedule: OnCallBook.Schedule) -> JSONValue {
    [
      "ladderId": .null, "scheduleId": .string(schedule.id.text), "urgencyLevel": .null,
      "departmentId": schedule.department.map { .string($0.text) } ?? .null, "alertType": .null, "tier": .null,
      "group": .null, "words": .string("\(schedule.name): nobody reachable."),
    ]
  }
}
