package import Core
package import Operations
import Postgres
package import Tenancy

/// When people can be booked over a period, as the database gave it: what the pure arithmetic needs.
package struct OpeningBook: Sendable {
  package enum Who: Sendable {
    case one(UserID)
    case all(department: DepartmentID?)
  }

  package struct Person: Sendable {
    package let id: UserID
    package let resource: ResourceID?
    package let isActive: Bool
    package let capacity: Int
    package let usualMinutes: Int
    /// Whether he has said any hours; who has not is offered at the usual ones and refused at none.
    package let hasHours: Bool
    package fileprivate(set) var plan: WorkingPlan
    package fileprivate(set) var taken: [SlotSearch.Taken] = []

    /// Whether he has said when he can be booked, or is off or open in some part of a span.
    package func isBound(in span: TimeSpan) -> Bool {
      hasHours || (plan.off + plan.extra.map(\.span)).contains { $0.from < span.to && $0.to > span.from }
    }
  }

  package private(set) var people: [Person] = []
  private let clocks: HospitalClocks

  /// What has to be asked, in this order.
  static func statements(_ who: Who, in hospital: HospitalID, from: Timestamp, to: Timestamp) -> [SQL] {
    [
      AvailabilityQueries.plans(who, in: hospital),
      AvailabilityQueries.changes(
        who, in: hospital, from: from.adding(seconds: -86_400), to: to.adding(seconds: 86_400)),
      AvailabilityQueries.places(in: hospital),
    ]
  }

  /// From the answers to its statements; `ask` runs another, where a zone is not known yet.
  init(
    _ answers: [Rows], from: Timestamp, to: Timestamp, ask: (SQL) async throws -> Rows
  ) async throws {
    guard answers.count == 3 else { throw Failure.internalFault }
    clocks = try await HospitalClocks(answers[2], from: from, to: to, ask: ask)
    try read(plans: answers[0])
    try read(changes: answers[1])
  }

  private mutating func read(plans rows: Rows) throws {
    for row in rows {
      let id = try row.decode("user_id", as: UserID.self)
      let hasHours = try row.decode("has_hours", as: Bool.self)
      if people.last?.id != id {
        people.append(
          Person(
            id: id, resource: try row.decode("resource_id"), isActive: try row.decode("is_active"),
            capacity: try row.decode("capacity"), usualMinutes: try row.decode("average_minutes"), hasHours: hasHours,
            plan: WorkingPlan(weekly: hasHours ? [] : WorkingPlan.usual)))
      }
      guard hasHours, try row.decode("is_open", as: Bool.self) else { continue }
      people[people.count - 1].plan.weekly.append(
        .init(
          weekday: try row.decode("weekday"), start: try row.decode("starts"), end: try row.decode("ends"),
          validFrom: try row.decode("valid_from"), validUntil: try row.decode("valid_until"),
          location: try row.decode("location_id"), step: try row.decode("step")))
    }
  }

  private mutating func read(changes rows: Rows) throws {
    var places: [ResourceID: Int] = [:]
    for (index, person) in people.enumerated() { if let id = person.resource { places[id] = index } }
    for row in rows {
      guard let place = places[try row.decode("resource_id")] else { continue }
      let kind = try row.decode("kind", as: String.self)
      let (starts, ends) = (try row.decode("starts", as: [Int64].self), try row.decode("ends", as: [Int64].self))
      let spans = zip(starts, ends).map {
        TimeSpan(from: Timestamp(microseconds: $0), to: Timestamp(microseconds: $1))
      }
      switch kind {
      case "off": people[place].plan.off += spans
      case "extra":
        let location = try row.decode("location_id", as: LocationID?.self)
        people[place].plan.extra += spans.map { OpenSpan($0, location: location) }
      default:
        let seat = try row.decode("seat", as: Int.self)
        people[place].taken += spans.map { SlotSearch.Taken(seat: seat, $0) }
      }
    }
  }

  package func person(_ id: UserID) -> Person? { people.first { $0.id == id } }

  package func zone(_ location: LocationID?) -> ZoneOffsets { clocks.zone(location) }

  package func zoneName(_ location: LocationID?) -> String { clocks.name(location) }

  package func open(_ person: Person, from: Timestamp, to: Timestamp) -> [OpenSpan] {
    person.isActive ? person.plan.open(from: from, to: to, zone: zone) : []
  }
}

extension ReadCall {
  package func openingBook(_ who: OpeningBook.Who, from: Timestamp, to: Timestamp) async throws -> OpeningBook {
    let answers = try await many(OpeningBook.statements(who, in: try hospital.id, from: from, to: to))
    return try await OpeningBook(answers, from: from, to: to) { try await rows($0) }
  }
}

extension WriteCall {
  package func openingBook(_ who: OpeningBook.Who, from: Timestamp, to: Timestamp) async throws -> OpeningBook {
    guard let tenant else { throw Failure.internalFault }
    let answers = try await transaction.queries(OpeningBook.statements(who, in: tenant, from: from, to: to))
    return try await OpeningBook(answers, from: from, to: to) { try await transaction.query($0) }
  }
}
