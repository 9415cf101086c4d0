package import Core
package import Operations
import Postgres
import Tenancy

/// Says anew in which hours of a week somebody can be booked, how long a visit takes, how many he has at once and
/// what it costs.
package struct SetHours: WriteOperation {
  package let doctorId: UserID
  /// That of the hours which are replaced; 0 for the first.
  package let version: HoursVersion
  package let hours: [WorkingHours]
  package let averageMinutes: VisitMinutes?
  package let capacity: SeatCount?
  /// What a visit costs from now on; what is booked keeps its price.
  package let feeMinor: FeeMinor?

  package static let contract = Contract(
    name: "availability.setHours", route: .put("/doctors/{doctorId}/hours"), summary: "Set a doctor's hours",
    message: "The hours are set.", access: .permission(.manageAvailability), limit: .standard, mode: .write,
    audit: .row(action: "availability_set", category: .scheduling), cache: .never)

  private static let limit = 70
  private enum Key: String, CodingKey { case doctorId, version, hours, averageMinutes, capacity, feeMinor }

  package init(from decoder: any Decoder) throws {
    let input = try decoder.container(keyedBy: Key.self)
    doctorId = try input.decode(UserID.self, forKey: .doctorId)
    version = try input.decode(HoursVersion.self, forKey: .version)
    hours = try input.decode([WorkingHours].self, forKey: .hours)
    averageMinutes = try input.decodeIfPresent(VisitMinutes.self, forKey: .averageMinutes)
    capacity = try input.decodeIfPresent(SeatCount.self, forKey: .capacity)
    feeMinor = try input.decodeIfPresent(FeeMinor.self, forKey: .feeMinor)
    guard let notes = decoder as? any InputNoting else { return }
    if hours.count > Self.limit { notes.note("hours", "must have at most \(Self.limit) items", rule: "maxItems") }
    for (index, one) in hours.enumerated() where hours[..<index].contains(where: one.overlaps) {
      notes.note("hours[\(index)]", "must not lie over other hours", rule: "overlap")
    }
  }

  package func run(_ call: inout WriteCall) async throws -> Document<DoctorHoursKind> {
    let hospital = try call.hospital.id
    try await mustKnowPlaces(call, in: hospital)
    let resource = try await call.resource(of: doctorId, version: version)
    call.transaction.queue(AvailabilityQueries.update(self, of: resource, in: hospital))
    call.transaction.queue(AvailabilityQueries.deleteHours(of: resource, in: hospital))
    call.transaction.queue(AvailabilityQueries.insertHours(hours, of: resource, in: hospital, at: call.now))
    let rows = try await call.transaction.query(AvailabilityQueries.hours(of: doctorId, in: hospital))
    guard let row = rows.first else { throw Failure.notFound("doctor") }
    try call.recomputesAvailability(of: doctorId)
    call.audit.resource("user", doctorId)
    call.audit.details["hours"] = .integer(Int64(hours.count))
    return try Document(row)
  }

  private func mustKnowPlaces(_ call: WriteCall, in hospital: HospitalID) async throws {
    let wanted = hours.compactMap(\.locationId)
    guard !wanted.isEmpty else { return }
    let rows = try await call.transaction.query(AvailabilityQueries.locations(wanted, in: hospital))
    let known = Set(try rows.map { try $0.decode("id", as: LocationID.self) })
    let problems = hours.enumerated().compactMap { index, each in
      each.locationId.map(known.contains) ?? true
        ? nil
        : FieldProblem(
          path: "hours[\(index)].locationId", message: "refers to nothing in this hospital", rule: "exists")
    }
    guard problems.isEmpty else { throw Failure.invalid(problems) }
  }
}

extension WriteCall {
  /// The resource of somebody whom the hospital employs, locked; made when there is none. With a version it must be the
  /// one that stands there.
  func resource(of doctor: UserID, version: HoursVersion? = nil) async throws -> ResourceID {
    let hospital = try hospital.id
    let made = ResourceID.new(at: now)
    transaction.queue(AvailabilityQueries.ensureResource(made, of: doctor, in: hospital))
    let rows = try await transaction.query(AvailabilityQueries.lockResource(of: doctor, in: hospital))
    guard let row = rows.first else { throw Failure.notFound("doctor") }
    let id = try row.decode("id", as: ResourceID.self)
    if let version, try row.decode("version", as: Int64.self) != version.value {
      throw Failure(.conflict, "The hours were changed meanwhile. Read them again.")
    }
    return id
  }
}
