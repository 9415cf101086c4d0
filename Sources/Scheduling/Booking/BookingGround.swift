package import Core
import Operations
import Postgres

extension BookingPlan {
  /// Checks a request against its service and against what the hospital has, and names everything that is wrong.
  ///
  /// Bookings of one patient are made one after the other from here on.
  static func checked(
    _ request: BookingRequest, _ services: Services, _ call: inout WriteCall
  ) async throws -> (plan: BookingPlan, ground: BookingGround) {
    guard let hospital = call.tenant else { throw Failure.internalFault }
    guard let service = services.named(request.service) else {
      throw Failure.invalid([services.unknown(request.service)])
    }
    var problems = request.problems(with: service, now: call.now)
    let minutes = Int64(request.minutes ?? service.minutes)
    let medium = request.medium ?? service.media.first ?? .inPerson
    var content = AppointmentContent(details: request.details.members.isEmpty ? .null : request.details.json)
    content.overrideReason = request.overrideReason
    let plan = BookingPlan(
      id: AppointmentID.new(at: call.now), hospital: hospital, request: request, service: service, medium: medium,
      time: TakenTime(
        start: request.start, end: request.start.adding(seconds: minutes * 60), bufferMinutes: service.bufferMinutes),
      content: content)
    let ground = try await BookingGround(of: plan, call)
    problems += ground.problems
    guard problems.isEmpty else { throw Failure.invalid(problems) }
    return (plan, ground)
  }
}

extension BookingRequest {
  /// How long before now a visit may have begun that is only entered: somebody walked in.
  private static let pastSeconds: Int64 = 15 * 60
  private static let longestAheadSeconds: Int64 = 2 * 366 * 86_400

  /// What is wrong with it before anybody is asked.
  fileprivate func problems(with service: Service, now: Timestamp) -> [FieldProblem] {
    var found = service.fields.problems(with: details.members, under: "details")
    func wrong(_ path: String, _ message: String, _ rule: String) {
      found.append(FieldProblem(path: path, message: message, rule: rule))
    }
    if let medium, !service.media.contains(medium) {
      let known = service.media.map(\.rawValue).joined(separator: ", ")
      wrong("medium", "is not a way of this service; there are \(known)", "service")
    }
    if Set(resources).count != resources.count { wrong("resources", "must not name one twice", "unique") }
    if resources.count > 10 { wrong("resources", "must have at most 10 items", "maxItems") }
    return found + timeProblems(now: now)
  }

  func timeProblems(now: Timestamp) -> [FieldProblem] {
    var found: [FieldProblem] = []
    func wrong(_ message: String, _ rule: String) {
      found.append(FieldProblem(path: "startsAt", message: message, rule: rule))
    }
    if start < now.adding(seconds: -Self.pastSeconds) { wrong("must not lie in the past", "future") }
    if start > now.adding(seconds: Self.longestAheadSeconds) { wrong("must lie within two years", "range") }
    if start.microseconds % 60_000_000 != 0 { wrong("must be a whole minute", "minute") }
    return found
  }
}

/// What the database says before anything is written.
package struct BookingGround: Sendable {
  package struct Resource: Sendable {
    package let id: ResourceID
    package let kind: ResourceKind
    package let user: UserID?
    package let capacity: Int
    package let isActive: Bool
    /// Of the hospital's currency, in its least unit.
    let feeMinor: Int64?
    /// Something of it was taken at the wanted time when it was read.
    let isTaken: Bool
    /// Of the doctor: whether only his calendar can say that he is there at the wanted time.
    let needsCalendar: Bool
  }

  /// The doctor's and the others, in the order of their ids.
  package let resources: [Resource]
  /// The same booked before.
  let earlier: Appointment?
  let problems: [FieldProblem]
  /// What the doctor and the rest cost now; nil where no fee was said or no currency.
  let price: Fee?

  /// Whether only the calendar of the doctor can say that he is there at the wanted time.
  var needsCalendar: Bool { resources.contains(where: \.needsCalendar) }

  /// Whether the only seat of something seems to be taken; what takes it may have run out.
  var looksTaken: Bool { resources.contains { $0.capacity == 1 && $0.isTaken } }

  /// What an appointment has already.
  init(_ resources: [Resource]) {
    self.resources = resources
    earlier = nil
    problems = []
    price = nil
  }

  init(of plan: BookingPlan, _ call: WriteCall) async throws {
    let request = plan.request
    let hospital = plan.hospital
    call.transaction.queue(BookingQueries.oneAtATime(request.patient, in: hospital))
    let ensured = BookingQueries.ensureDoctor(
      request.doctor, roles: plan.service.roles, ResourceID.new(at: call.now), in: hospital)
    // Never while rows of other resources are locked: somebody else may be making it.
    if plan.takesSeveral { call.transaction.queue(ensured) }
    let needed = BookingQueries.resources(
      of: request.doctor, and: request.resources, at: plan.time, in: hospital, locks: plan.takesSeveral)
    let results = try await call.transaction.queries([BookingQueries.ground(plan), needed])
    guard results.count == 2, let row = results[0].first else { throw Failure.internalFault }
    var found = try results[1].map(Resource.init)
    if !plan.takesSeveral, !found.contains(where: { $0.user == request.doctor }) {
      call.transaction.queue(ensured)
      found = try await call.transaction.query(needed).map(Resource.init)
    }
    resources = found
    earlier = try await Self.earlier(row, call)
    problems = try Self.problems(row, plan, resources)
    price = try await Self.price(of: found, in: hospital, call)
  }

  private static func price(
    of resources: [Resource], in hospital: HospitalID, _ call: WriteCall
  ) async throws -> Fee? {
    let fees = resources.compactMap(\.feeMinor)
    guard !fees.isEmpty, let row = try await call.transaction.query(BookingQueries.currency(of: hospital)).first,
      let currency = try row.decode("currency", as: String?.self)
    else { return nil }
    return Fee(minor: fees.reduce(0, +), currency: currency)
  }

  private static func earlier(_ row: Row, _ call: WriteCall) async throws -> Appointment? {
    guard let hospital = call.tenant, let id = try row.decode("same", as: AppointmentID?.self) else { return nil }
    return try await call.transaction.query(AppointmentQueries.find(id, in: hospital)).first.map {
      try Appointment($0, call.secrets)
    }
  }

  private static func problems(_ row: Row, _ plan: BookingPlan, _ found: [Resource]) throws -> [FieldProblem] {
    var problems: [FieldProblem] = []
    func foreign(_ path: String, _ message: String = "refers to nothing in this hospital") {
      problems.append(FieldProblem(path: path, message: message, rule: "exists"))
    }
    if try !row.decode("has_patient", as: Bool.self) { foreign("patientId") }
    if try !row.decode("has_doctor", as: Bool.self) {
      foreign("doctorId", "refers to nobody in this hospital who does this")
    }
    if try !row.decode("has_location", as: Bool.self) { foreign("locationId") }
    for (index, wanted) in plan.request.resources.enumerated() {
      guard let resource = found.first(where: { $0.id == wanted }), resource.kind != .doctor else {
        foreign("resources[\(index)]")
        continue
      }
    }
    for kind in plan.service.needs where !found.contains(where: { $0.kind == kind && $0.user == nil }) {
      problems.append(
        FieldProblem(path: "resources", message: "must have one of the kind \(kind.rawValue)", rule: "service"))
    }
    return problems
  }
}

extension BookingGround.Resource {
  init(_ row: Row) throws {
    id = try row.decode("id")
    kind = ResourceKind(rawValue: try row.decode("kind")) ?? .equipment
    user = try row.decode("user_id")
    capacity = try row.decode("capacity")
    isActive = try row.decode("is_active")
    feeMinor = try row.decode("fee_minor")
    isTaken = try row.decode("is_taken")
    needsCalendar = try row.decode("needs_calendar")
  }
}
