package import Core
package import Operations
import Postgres
package import Tenancy

/// The times at which one doctor or all can be booked, over at most 31 days.
package struct GetSlots: ReadOperation {
  package let doctorId: UserID?
  package let departmentId: DepartmentID?
  package let locationId: LocationID?
  package let from: Timestamp
  package let to: Timestamp
  package let service: ServiceName?
  /// How long the visit is; nil: as the service or the doctor's hours say.
  package let minutes: VisitMinutes?

  package static let contract = Contract(
    name: "availability.getSlots", route: .get("/slots"), summary: "List the times that can be booked",
    message: "The free times.", access: .permission(.viewHospital),
    limit: RateLimit("availability.getSlots", max: 300, windowSeconds: 60), mode: .read,
    audit: .refusalsOnly(category: .scheduling), cache: .never)

  private static let longest: Int64 = 31 * 86_400
  private enum Key: String, CodingKey { case doctorId, departmentId, locationId, from, to, service, minutes }

  package init(from decoder: any Decoder) throws {
    let input = try decoder.container(keyedBy: Key.self)
    doctorId = try input.decodeIfPresent(UserID.self, forKey: .doctorId)
    departmentId = try input.decodeIfPresent(DepartmentID.self, forKey: .departmentId)
    locationId = try input.decodeIfPresent(LocationID.self, forKey: .locationId)
    from = try input.decode(Timestamp.self, forKey: .from)
    to = try input.decode(Timestamp.self, forKey: .to)
    service = try input.decodeIfPresent(ServiceName.self, forKey: .service)
    minutes = try input.decodeIfPresent(VisitMinutes.self, forKey: .minutes)
    guard let notes = decoder as? any InputNoting else { return }
    if to <= from { notes.note("to", "must be after from", rule: "order", against: ["from"]) }
    if to > from.adding(seconds: Self.longest) {
      notes.note("to", "must be at most 31 days after from", rule: "range", against: ["from"])
    }
  }

  package func run(_ call: ReadCall) async throws -> SlotBoard {
    let hospital = try call.hospital.id
    let answers = try await call.many(
      [AvailabilityQueries.known(doctorId, departmentId, locationId, in: hospital)]
        + OpeningBook.statements(
          doctorId.map { .one($0) } ?? .all(department: departmentId), in: hospital, from: from, to: to))
    guard let known = answers.first?.first else { throw Failure.internalFault }
    let fields = [
      ("doctorId", doctorId == nil), ("departmentId", departmentId == nil), ("locationId", locationId == nil),
    ]
    let foreign = try fields.filter { field, isMissing in try !isMissing && !known.decode(field, as: Bool.self) }
    guard foreign.isEmpty else {
      throw Failure.invalid(
        foreign.map { FieldProblem(path: $0.0, message: "refers to nothing in this hospital", rule: "exists") })
    }
    let book = try await OpeningBook(Array(answers.dropFirst()), from: from, to: to) { try await call.rows($0) }
    let wanted = try WantedVisit(service, minutes)
    var board = SlotBoard(from: from, to: to, timeZone: book.zoneName(nil))
    for person in book.people {
      let open = book.open(person, from: from, to: to).filter { locationId == nil || $0.location == locationId }
      board.add(
        person.id,
        wanted.search(for: person).starts(
          in: open, taken: person.taken, capacity: person.capacity, from: max(from, call.now), to: to),
        zone: book.zoneName)
    }
    return board
  }
}

/// How long a visit is and how much time it needs after it: what was asked for, and else what its service says.
package struct WantedVisit: Sendable {
  package let minutes: Int?
  package let buffer: Int

  package init(minutes: Int?, buffer: Int) {
    self.minutes = minutes
    self.buffer = buffer
  }

  init(_ service: ServiceName?, _ minutes: VisitMinutes?) throws(Failure) {
    var known: Service?
    if let service {
      known = Services.shipped.named(service.text)
      guard known != nil else { throw Failure.invalid([Services.shipped.unknown(service.text)]) }
    }
    self.init(minutes: minutes.map { Int($0.value) } ?? known?.minutes, buffer: known?.bufferMinutes ?? 0)
  }

  package func search(for person: OpeningBook.Person) -> SlotSearch {
    SlotSearch(minutes: minutes, buffer: buffer, usual: person.usualMinutes)
  }
}
