import Core
package import Operations
import Postgres

/// Where every appointment is booked, moved, carried on and given back, by whatever way it is asked for.
///
/// Each works in the caller's transaction and leaves history, event and jobs in it. A refusal leaves the transaction as
/// it was: who books several may catch it and go on.
package enum BookingDesk {
  /// Books, or finds what was booked before; a conflict names everything that stands in the way.
  package static func book(
    _ request: BookingRequest, services: Services = .shipped, _ call: inout WriteCall
  ) async throws -> Booking {
    if let caller = call.caller {
      if caller.hospital?.isActive == false {
        throw Failure(.conflict, "This hospital is not active and takes no appointments.")
      }
      if request.overrideReason != nil { try caller.mayOverride() }
    }
    let (plan, ground) = try await BookingPlan.checked(request, services, &call)
    if call.audit.patientID != request.patient { call.saw(request.patient) }
    if let earlier = ground.earlier { return Booking(appointment: earlier, isNew: false) }
    if ground.looksTaken, !plan.isOverride {
      // Among a crowd almost everybody ends here, and has tried to write nothing.
      try await mustHaveSeats(plan, ground, &call)
    }
    try await mustFit(plan, ground, &call)
    let appointment = try await seat(plan, ground, &call)
    try await AppointmentChange(appointment: appointment, step: "booked").leave(&call)
    if let end = appointment.holdEndsAt { try call.enqueue(AppointmentExpiry.job(appointment.id, at: end)) }
    return Booking(appointment: appointment, isNew: true)
  }

  /// Asked for before several are booked in one transaction: patients and doctors are locked in one order, so that of two
  /// who book the same people in another order one waits for the other, and never both.
  static func begin(
    patients: some Sequence<PatientID>, doctors: some Sequence<UserID>, services: Services = .shipped,
    _ call: WriteCall
  ) throws {
    guard let hospital = call.tenant else { throw Failure.internalFault }
    call.transaction.queue(BookingQueries.oneAtATime(Array(Set(patients)), in: hospital))
    let doctors = Set(doctors).sorted { $0.text < $1.text }
    let roles = Set(services.all.flatMap(\.service.roles)).sorted()
    for doctor in doctors {
      call.transaction.queue(
        BookingQueries.ensureDoctor(doctor, roles: roles, ResourceID.new(at: call.now), in: hospital))
    }
    call.transaction.queue(BookingQueries.resources(of: doctors, in: hospital))
  }

  /// Takes a seat of every resource. Somebody may be faster at the seat that looked free while another one still is, so
  /// this is tried for as long as one can be seen.
  private static func seat(
    _ plan: BookingPlan, _ ground: BookingGround, _ call: inout WriteCall
  ) async throws -> Appointment {
    let ids = ground.resources.map(\.id)
    let content = try plan.content.sealed(of: plan.id, in: plan.hospital, with: call.secrets)
    for _ in 0..<maxAttempts {
      // Of one resource either everything is written or nothing.
      if ids.count > 1 { call.transaction.queue(BookingQueries.mark) }
      let row = try await call.transaction.query(
        BookingQueries.book(plan, ground, content: content, by: call.caller?.userID, now: call.now)
      ).first
      if let row, try row.decode("taken", as: Int.self) == ids.count {
        if ids.count > 1 { call.transaction.queue(BookingQueries.keep) }
        var appointment = try Appointment(row, call.secrets)
        appointment.resources = plan.request.resources.sorted { $0.text < $1.text }
        return appointment
      }
      if ids.count > 1 {
        call.transaction.queue(BookingQueries.back)
        call.transaction.queue(BookingQueries.keep)
      }
      try await mustHaveSeats(plan, ground, &call)
    }
    throw Failure(.unavailable, "Too many book this time at once. Try again.", retryAfterSeconds: 1)
  }

  static let maxAttempts = 100

  /// What takes a part of the time; holds that have run out and wait for their job are given back at once.
  static func blocks(
    _ ids: [ResourceID], at time: TakenTime, in hospital: HospitalID, _ call: inout WriteCall
  ) async throws -> [BookingBlock] {
    try await standing(call.transaction.query(BookingQueries.inTheWay(ids, at: time, in: hospital)), &call).blocks
  }

  /// What of it stays, and whether all of it does.
  private static func standing(
    _ rows: Rows, _ call: inout WriteCall
  ) async throws -> (blocks: [BookingBlock], isAll: Bool) {
    var (blocks, isAll): ([BookingBlock], Bool) = ([], true)
    for row in rows {
      let block = try BookingBlock(row)
      if block.isOver, let id = block.appointment, try await AppointmentExpiry.expire(id, &call) {
        isAll = false
        continue
      }
      blocks.append(block)
    }
    return (blocks, isAll)
  }

  private static func mustHaveSeats(
    _ plan: BookingPlan, _ ground: BookingGround, _ call: inout WriteCall
  ) async throws {
    // What looked taken is nearly always refused: what the refusal needs is asked for in the same round trip.
    let asksAll = ground.looksTaken
    let answers = try await call.transaction.queries(
      [BookingQueries.inTheWay(ground.resources.map(\.id), at: plan.time, in: plan.hospital)]
        + (asksAll ? BookingAdvice.statements(plan) : []))
    guard let first = answers.first else { throw Failure.internalFault }
    let (blocks, isAll) = try await standing(first, &call)
    guard ground.hasSeats(besides: blocks, isOverride: plan.isOverride) else {
      throw try await refusal(plan, ground, blocks, from: asksAll && isAll ? Array(answers.dropFirst()) : nil, &call)
    }
  }

  /// Everything that stands in the way, with other times; `answers` to the advice's statements, where they were asked.
  static func refusal(
    _ plan: BookingPlan, _ ground: BookingGround, _ blocks: [BookingBlock], from answers: [Rows]? = nil,
    _ call: inout WriteCall
  ) async throws -> Failure {
    let advice = try await BookingAdvice(to: plan, from: answers, &call)
    let unfit = plan.isOverride ? [] : advice.refusals + ground.refusals(at: plan.time)
    return .taken(
      unfit + ground.conflicts(from: blocks, at: plan.time), advice.alternatives, isOverride: plan.isOverride)
  }

  /// Throws where the doctor or a resource is not there at this time, with what is in the way besides.
  static func mustFit(_ plan: BookingPlan, _ ground: BookingGround, _ call: inout WriteCall) async throws {
    guard !plan.isOverride else { return }
    var unfit = ground.refusals(at: plan.time)
    if unfit.isEmpty, ground.needsCalendar { unfit = try await BookingAdvice.refusals(plan, &call) }
    guard !unfit.isEmpty else { return }
    let blocks = try await blocks(ground.resources.map(\.id), at: plan.time, in: plan.hospital, &call)
      .filter { $0.appointment != plan.id }
    throw try await refusal(plan, ground, blocks, &call)
  }
}

extension Caller {
  /// Throws for who may not book above what is taken.
  func mayOverride() throws(Failure) {
    guard permissions.contains(.overrideBookings) else {
      throw Failure(
        .forbidden, "You are not allowed to book above what is taken.",
        details: [
          "requiredPermission": .string(Permission.overrideBookings.rawValue),
          "userPermissions": .array(permissions.list.map { .string($0.rawValue) }),
        ])
    }
  }
}
