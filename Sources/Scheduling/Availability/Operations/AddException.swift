package import Core
package import Operations
import Postgres
package import Tenancy

/// Notes a time off, or hours beside the usual ones: from one moment to another, or whole days by the place's clocks.
/// What is booked in a time off stays booked; the answer of `availability.getOverview` names it.
package struct AddException: WriteOperation {
  package let doctorId: UserID
  package let kind: ExceptionKind
  package let from: Timestamp?
  package let to: Timestamp?
  package let date: CivilDate?
  /// The last day of several.
  package let untilDate: CivilDate?
  package let locationId: LocationID?
  package let title: NameText?

  package static let contract = Contract(
    name: "availability.addException", route: .post("/doctors/{doctorId}/availability-exceptions", status: 201),
    summary: "Add a day off or extra hours", message: "The exception is added.",
    access: .permission(.manageAvailability), limit: .standard, mode: .write,
    audit: .row(action: "availability_exception_added", category: .scheduling), cache: .never)

  static let limit = 500
  private static let longest: Int64 = 366 * 86_400
  private enum Key: String, CodingKey { case doctorId, kind, from, to, date, untilDate, locationId, title }

  package init(from decoder: any Decoder) throws {
    let input = try decoder.container(keyedBy: Key.self)
    doctorId = try input.decode(UserID.self, forKey: .doctorId)
    kind = try input.decode(ExceptionKind.self, forKey: .kind)
    from = try input.decodeIfPresent(Timestamp.self, forKey: .from)
    to = try input.decodeIfPresent(Timestamp.self, forKey: .to)
    date = try input.decodeIfPresent(CivilDate.self, forKey: .date)
    untilDate = try input.decodeIfPresent(CivilDate.self, forKey: .untilDate)
    locationId = try input.decodeIfPresent(LocationID.self, forKey: .locationId)
    title = try input.decodeIfPresent(NameText.self, forKey: .title)
    if let notes = decoder as? any InputNoting { check(notes) }
  }

  private func check(_ notes: any InputNoting) {
    let times = ["from", "to", "date", "untilDate"]
    if kind == .off, locationId != nil {
      notes.note(
        "locationId", "belongs to extra hours: a time off counts everywhere", rule: "exclusive", against: ["kind"])
    }
    switch (date, from, to) {
    case (let date?, nil, nil):
      let last = untilDate?.day ?? date.day
      if last < date.day { notes.note("untilDate", "must not be before date", rule: "order", against: times) }
      if last - date.day >= 366 {
        notes.note("untilDate", "must be at most 366 days later", rule: "range", against: times)
      }
    case (nil, let from?, let to?):
      if untilDate != nil { notes.note("untilDate", "belongs to date", rule: "exclusive", against: times) }
      if to <= from { notes.note("to", "must be after from", rule: "order", against: times) }
      if to > from.adding(seconds: Self.longest) {
        notes.note("to", "must be at most 366 days later", rule: "range", against: times)
      }
    case (nil, _, nil): notes.note("to", "is required with from, or a date", rule: "required", against: times)
    case (nil, nil, _): notes.note("from", "is required with to, or a date", rule: "required", against: times)
    case (_?, _, _): notes.note("date", "give either date, or from and to", rule: "exclusive", against: times)
    }
  }

  package func run(_ call: inout WriteCall) async throws -> Document<AvailabilityExceptionKind> {
    let hospital = try call.hospital.id
    let resource = try await call.resource(of: doctorId)
    if let locationId {
      guard try await !call.transaction.query(AvailabilityQueries.locations([locationId], in: hospital)).isEmpty else {
        throw Failure.invalid("locationId", "refers to nothing in this hospital", rule: "exists")
      }
    }
    let id = AvailabilityExceptionID.new(at: call.now)
    let rows = try await call.transaction.query(
      AvailabilityQueries.insert(id, self, of: resource, in: hospital, by: try call.person))
    guard let row = rows.first else {
      throw Failure(
        .conflict, "A doctor has at most \(Self.limit) exceptions.", details: ["limit": .integer(Int64(Self.limit))])
    }
    try call.recomputesAvailability(of: doctorId)
    call.audit.resource("availability_exception", id)
    call.audit.details = ["doctorId": .string(doctorId.text), "kind": .string(kind.rawValue)]
    return try Document(row)
  }
}
