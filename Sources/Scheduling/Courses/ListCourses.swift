package import Core
package import Operations
import Postgres

/// Lists courses, the oldest first.
package struct ListCourses: ReadOperation {
  package let paging: Paging<CourseKind>
  package let status: CourseStatus?
  package let doctorId: UserID?

  package static let contract = Contract(
    name: "courses.list", route: .get("/courses"), summary: "List courses of sessions", message: "The courses.",
    access: .permission(.viewAppointments), limit: .standard, mode: .read, audit: .refusalsOnly(category: .scheduling),
    cache: .never)

  private enum Key: String, CodingKey { case status, doctorId }

  package init(from decoder: any Decoder) throws {
    paging = try Paging(from: decoder)
    let input = try decoder.container(keyedBy: Key.self)
    status = try input.decodeIfPresent(CourseStatus.self, forKey: .status)
    doctorId = try input.decodeIfPresent(UserID.self, forKey: .doctorId)
  }

  package func run(_ call: ReadCall) async throws -> Documents<CourseKind> {
    try await call.documents(
      CourseQueries.list(status, of: doctorId, in: try call.hospital.id), paging,
      named: "courses \(status?.rawValue ?? "") \(doctorId?.text ?? "")")
  }
}

/// Shows a course with what its sessions came to.
package struct GetCourse: ReadOperation {
  package let courseId: CourseID

  package static let contract = Contract(
    name: "courses.get", route: .get("/courses/{courseId}"), summary: "Show a course of sessions",
    message: "The course.", access: .permission(.viewAppointments), limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .scheduling), cache: .never)

  package func run(_ call: ReadCall) async throws -> Document<CourseKind> {
    try Document(try await call.row(CourseQueries.find(courseId, in: try call.hospital.id), else: "course"))
  }
}

/// Ends a course: the sessions that are still to come are given back.
package struct CancelCourse: WriteOperation {
  package let courseId: CourseID

  package static let contract = Contract(
    name: "courses.cancel", route: .post("/courses/{courseId}/cancellation"), summary: "End a course of sessions",
    message: "The coming sessions are cancelled.", access: .permission(.manageAppointments), limit: .standard,
    mode: .write, audit: .row(action: "course_cancelled", category: .scheduling), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<CourseKind> {
    let hospital = try call.hospital.id
    guard let row = try await call.transaction.query(CourseQueries.lock(courseId, in: hospital)).first else {
      throw Failure.notFound("course")
    }
    let status = CourseStatus(rawValue: try row.decode("status"))
    guard status != .cancelled, status != .completed else {
      throw Failure(.conflict, "The course is \(status?.rawValue ?? "over") already.")
    }
    call.audit.resource("course", courseId)
    for coming in try await call.transaction.query(CourseQueries.coming(courseId, in: hospital)) {
      _ = try await BookingDesk.release(try coming.decode("id"), cause: .course, &call)
    }
    call.transaction.queue(CourseQueries.cancelPlanned(courseId, in: hospital))
    call.transaction.queue(CourseQueries.cancel(courseId, in: hospital))
    guard let ended = try await call.transaction.query(CourseQueries.find(courseId, in: hospital)).first else {
      throw Failure.internalFault
    }
    return try Document(ended)
  }
}
