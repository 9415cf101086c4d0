package import Core
import FoundationEssentials
package import Operations
import Postgres

/// Another time for an appointment.
package struct MoveRequest: Sendable {
  package var start: Timestamp
  /// Nil: as long as it is.
  package var minutes: Int?
  package var version: Int64?
  package var overrideReason: String?

  package init(to start: Timestamp) { self.start = start }
}

extension BookingDesk {
  /// Gives an appointment another time with the same people and things, or leaves it where it is and says what is in the
  /// way. The rows of its resources are locked first, in the order of their ids: two that change places wait for each
  /// other and never both.
  package static func move(
    _ id: AppointmentID, to request: MoveRequest, services: Services = .shipped, _ call: inout WriteCall
  ) async throws -> Appointment {
    if request.overrideReason != nil { try call.caller?.mayOverride() }
    guard let hospital = call.tenant else { throw Failure.internalFault }
    let others = try await call.transaction.query(BookingQueries.resources(of: id, in: hospital))
      .map { ResourceID(rawValue: try $0.decode("resource_id")) }
    let seen = try await call.transaction.query(AppointmentQueries.find(id, in: hospital)).first
    guard let seen else { throw Failure.notFound("appointment") }
    let doctor = try Appointment(seen, call.secrets).doctor
    let locked = try await call.transaction.query(
      BookingQueries.resources(of: doctor, and: others, in: hospital, locks: true))
    let before = try await lock(id, call)
    try before.mustBe(request.version)
    try before.mustBeMovable()
    let plan = try BookingPlan(moving: before, request, services, now: call.now)
    let ground = BookingGround(try locked.map(BookingGround.Resource.init))
    try await mustFit(plan, ground, &call)
    try await reseat(before, plan, ground, &call)
    let status: AppointmentLife.Status = before.status == .noShow ? .scheduled : before.status
    let rows = try await call.transaction.query(
      BookingQueries.move(
        id, in: hospital, to: plan.time, status: status, override: plan.isOverride ? before.priority.rawValue : nil,
        by: call.caller?.userID, content: try plan.content.sealed(of: id, in: hospital, with: call.secrets)))
    guard let row = rows.first else { throw Failure.internalFault }
    let after = try Appointment(row, call.secrets)
    note(after, &call)
    var change = AppointmentChange(appointment: after, step: "moved")
    change.formerTime = (before.startsAt, before.endsAt)
    try await change.leave(&call)
    if before.status.occupies, before.endsAt > call.now {
      try call.enqueue(FreedTime.job(after, from: max(before.startsAt, call.now), to: before.endsAt))
    }
    return after
  }

  private static func reseat(
    _ before: Appointment, _ plan: BookingPlan, _ ground: BookingGround, _ call: inout WriteCall
  ) async throws {
    let ids = ground.resources.map(\.id)
    for _ in 0..<maxAttempts {
      call.transaction.queue(BookingQueries.mark)
      call.transaction.queue(AppointmentQueries.free(before.id, in: before.hospital))
      let row = try await call.transaction.query(
        BookingQueries.take(
          ground.resources, at: plan.time, for: before.id, isOverride: plan.isOverride, in: before.hospital,
          now: call.now)
      ).first
      if try row?.decode("taken", as: Int.self) == ids.count {
        call.transaction.queue(BookingQueries.keep)
        return
      }
      call.transaction.queue(BookingQueries.back)
      call.transaction.queue(BookingQueries.keep)
      let blocks = try await blocks(ids, at: plan.time, in: before.hospital, &call).filter {
        $0.appointment != before.id
      }
      guard ground.hasSeats(besides: blocks, isOverride: plan.isOverride) else {
        throw try await refusal(plan, ground, blocks, &call)
      }
    }
    throw Failure(.unavailable, "Too many book this time at once. Try again.", retryAfterSeconds: 1)
  }
}

extension Appointment {
  fileprivate func mustBeMovable() throws(Failure) {
    guard !AppointmentLife.movable.contains(status) else { return }
    throw Failure(
      .conflict, "The appointment is \(status.rawValue) and cannot be moved.",
      details: ["status": .string(status.rawValue), "version": .integer(version)])
  }
}

extension BookingPlan {
  /// What an appointment takes at its new time.
  fileprivate init(moving before: Appointment, _ move: MoveRequest, _ services: Services, now: Timestamp) throws {
    var request = BookingRequest(
      patient: before.patient, doctor: before.doctor, service: before.service, start: move.start)
    request.medium = before.medium
    request.priority = before.priority
    request.location = before.location
    request.resources = before.resources
    request.overrideReason = move.overrideReason
    request.minutes = move.minutes ?? before.minutes
    let service = services.named(before.service) ?? Service(before.service, before.service, minutes: before.minutes)
    let problems = request.timeProblems(now: now)
    guard problems.isEmpty else { throw Failure.invalid(problems) }
    var content = before.content
    content.overrideReason = move.overrideReason ?? content.overrideReason
    self.init(
      id: before.id, hospital: before.hospital, request: request, service: service, medium: before.medium,
      time: TakenTime(
        start: move.start, end: move.start.adding(seconds: Int64(request.minutes ?? before.minutes) * 60),
        bufferMinutes: service.bufferMinutes), content: content)
  }
}
