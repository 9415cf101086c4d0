package import Core
package import Operations
import Postgres
package import Tenancy

/// Books a course of sessions: each is booked by a job of its service's own queue, at its day or one of the next.
package struct BookCourse: WriteOperation {
  package let patientId: PatientID
  package let doctorId: UserID
  package let service: ServiceName
  /// The first session.
  package let startsAt: Timestamp
  /// As many as the service has where it is not given.
  package let sessions: SessionCount?
  package let everyDays: SessionDays?
  package let minutes: AppointmentMinutes?
  package let locationId: LocationID?
  package let resourceIds: [ResourceID]?

  package static let contract = Contract(
    name: "courses.book", aliases: ["courses.create"], route: .post("/courses", status: 201),
    summary: "Book a course of sessions", message: "The sessions of the course are being booked.",
    access: .permission(.manageAppointments), limit: .standard, mode: .write,
    audit: .row(action: "course_booked", category: .scheduling), cache: .never, namesPatients: true)

  /// A course as it is written.
  struct Plan {
    let patient: PatientID
    let doctor: UserID
    let service: Service
    let start: Timestamp
    let sessions: Int
    let everyDays: Int
    let minutes: Int
    let location: LocationID?
    let resources: [ResourceID]
  }

  package func run(_ call: inout WriteCall) async throws -> Document<CourseKind> {
    let hospital = try call.hospital.id
    let plan = try await plan(call)
    try await call.mustKnow(patientId)
    let id = CourseID.new(at: call.now)
    call.transaction.queue(CourseQueries.insert(id, plan, in: hospital, by: try call.person))
    call.transaction.queue(CourseQueries.insertSessions(id, plan, in: hospital))
    for number in 1...plan.sessions { try call.enqueue(CourseSessions.job(number, of: id, plan.service)) }
    call.audit.resource("course", id)
    call.audit.details = ["service": .string(plan.service.name), "sessions": .integer(Int64(plan.sessions))]
    guard let row = try await call.transaction.query(CourseQueries.find(id, in: hospital)).first else {
      throw Failure.internalFault
    }
    return try Document(row)
  }

  private func plan(_ call: WriteCall) async throws -> Plan {
    let hospital = try call.hospital.id
    var problems: [FieldProblem] = []
    let known = Services.shipped.named(service.text)
    if let known {
      if known.sessions < 2 {
        problems.append(FieldProblem(path: "service", message: "is no course of sessions", rule: "course"))
      }
    } else {
      problems.append(Services.shipped.unknown(service.text))
    }
    if startsAt <= call.now {
      problems.append(FieldProblem(path: "startsAt", message: "must lie in the future", rule: "future"))
    } else if startsAt > call.now.adding(seconds: 366 * 86_400) {
      problems.append(FieldProblem(path: "startsAt", message: "must lie within a year", rule: "range"))
    }
    if (resourceIds ?? []).count > 10 {
      problems.append(FieldProblem(path: "resourceIds", message: "must have at most 10 items", rule: "maxItems"))
    }
    let role = try await call.transaction.query(WaitingQueries.role(of: doctorId, in: hospital)).first
    if let role {
      if let known, try !known.roles.contains(role.decode("role", as: String.self)) {
        problems.append(FieldProblem(path: "doctorId", message: "does not do this service", rule: "role"))
      }
    } else {
      problems.append(FieldProblem(path: "doctorId", message: "refers to nobody in this hospital", rule: "exists"))
    }
    let places = try await call.transaction.query(CourseQueries.places(locationId, resourceIds ?? [], in: hospital))
    if let row = places.first {
      if try !row.decode("has_location", as: Bool.self) {
        problems.append(FieldProblem(path: "locationId", message: "refers to nothing in this hospital", rule: "exists"))
      }
      if try row.decode("resources", as: Int.self) < Set(resourceIds ?? []).count {
        problems.append(
          FieldProblem(path: "resourceIds", message: "names what is not in this hospital", rule: "exists"))
      }
    }
    guard let known, problems.isEmpty else { throw Failure.invalid(problems) }
    return Plan(
      patient: patientId, doctor: doctorId, service: known, start: startsAt,
      sessions: Int(sessions?.value ?? Int64(known.sessions)), everyDays: Int(everyDays?.value ?? 1),
      minutes: Int(minutes?.value ?? Int64(known.minutes)), location: locationId, resources: resourceIds ?? [])
  }
}
