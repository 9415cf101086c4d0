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

  /// Who can be booked when by his plan, and where the clocks of which zone count: what seldom changes.
  struct Hours: Sendable {
    fileprivate private(set) var people: [Person] = []
    fileprivate let zoneNames: [LocationID?: String]

    /// What has to be asked, in this order.
    static func statements(_ who: Who, in hospital: HospitalID) -> [SQL] {
      [AvailabilityQueries.plans(who, in: hospital), AvailabilityQueries.places(in: hospital)]
    }

    /// The tables that the statements read.
    static let topics: Set<CacheTopic> = [.memberships, .resources, .workingHours, .hospitals, .locations]

    init(_ answers: some Collection<Rows>) throws {
      let answers = Array(answers)
      guard answers.count == 2 else { throw Failure.internalFault }
      zoneNames = try HospitalClocks.names(answers[1])
      try read(answers[0])
    }

    private mutating func read(_ plans: Rows) throws {
      for row in plans {
        let id = try row.decode("user_id", as: UserID.self)
        let hasHours = try row.decode("has_hours", as: Bool.self)
        if people.last?.id != id {
          people.append(
            Person(
              id: id, resource: try row.decode("resource_id"), isActive: try row.decode("is_active"),
              capacity: try row.decode("capacity"), usualMinutes: try row.decode("average_minutes"),
              hasHours: hasHours, plan: WorkingPlan(weekly: hasHours ? [] : WorkingPlan.usual)))
        }
        guard hasHours, try row.decode("is_open", as: Bool.self) else { continue }
        people[people.count - 1].plan.weekly.append(
          .init(
            weekday: try row.decode("weekday"), start: try row.decode("starts"), end: try row.decode("ends"),
            validFrom: try row.decode("valid_from"), validUntil: try row.decode("valid_until"),
            location: try row.decode("location_id"), step: try row.decode("step")))
      }
    }
  }

  package private(set) var people: [Person]
  private let clocks: HospitalClocks

  /// What has to be asked, in this order: what changes the hours, then the hours.
  static func statements(_ who: Who, in hospital: HospitalID, from: Timestamp, to: Timestamp) -> [SQL] {
    [changes(who, in: hospital, from: from, to: to)] + Hours.statements(who, in: hospital)
  }

  /// What is taken over the period, and where somebody is off or open besides his hours.
  static func changes(_ who: Who, in hospital: HospitalID, from: Timestamp, to: Timestamp) -> SQL {
    AvailabilityQueries.changes(who, in: hospital, from: from.adding(seconds: -86_400), to: to.adding(seconds: 86_400))
  }

  /// From the answers to its statements; `ask` runs another, where a zone is not known yet.
  init(_ answers: [Rows], from: Timestamp, to: Timestamp, ask: (SQL) async throws -> Rows) async throws {
    guard let changes = answers.first else { throw Failure.internalFault }
    try await self.init(Hours(answers.dropFirst()), changes, from: from, to: to, ask: ask)
  }

  init(
    _ hours: Hours, _ changes: Rows, from: Timestamp, to: Timestamp, ask: (SQL) async throws -> Rows
  ) async throws {
    people = hours.people
    clocks = try await HospitalClocks(hours.zoneNames, from: from, to: to, ask: ask)
    try read(changes: changes)
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
  /// A doctor's hours, asked for when they have changed.
  func hours(of doctor: UserID) async throws -> OpeningBook.Hours {
    guard let tenant else { throw Failure.internalFault }
    return try await kept("hours \(doctor.text)", of: OpeningBook.Hours.topics) {
      try await OpeningBook.Hours(transaction.queries(OpeningBook.Hours.statements(.one(doctor), in: tenant)))
    }
  }

  package func openingBook(_ who: OpeningBook.Who, from: Timestamp, to: Timestamp) async throws -> OpeningBook {
    guard let tenant else { throw Failure.internalFault }
    let answers = try await transaction.queries(OpeningBook.statements(who, in: tenant, from: from, to: to))
    return try await OpeningBook(answers, from: from, to: to) { try await transaction.query($0) }
  }
}
