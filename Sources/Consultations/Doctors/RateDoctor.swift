package import Core
package import Operations
import Postgres

/// Says how good a visit was: the patient himself, once it is over; said again it takes the place of the first.
package struct RateDoctor: WriteOperation {
  package let appointmentId: AppointmentID
  package let score: Score

  package static let contract = Contract(
    name: "doctors.rate", route: .put("/appointments/{appointmentId}/rating"), summary: "Rate a visit of one's own",
    message: "Thank you.", access: .person, limit: .standard, mode: .write,
    audit: .row(action: "doctor_rated", category: .scheduling), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<DoctorListingKind> {
    let hospital = try call.hospital.id
    let visits = try await call.transaction.query(
      DoctorSearchQueries.visit(appointmentId, of: try call.person, in: hospital))
    guard let visit = visits.first else { throw Failure.notFound("appointment") }
    guard try visit.decode("status", as: String.self) == "completed" else {
      throw Failure(.conflict, "A visit is rated once it is over.", details: ["status": try visit.status])
    }
    let doctor: UserID = try visit.decode("doctor_id")
    call.transaction.queue(DoctorSearchQueries.rate(appointmentId, of: doctor, in: hospital, score: score.value))
    call.transaction.queue(
      DoctorSearchQueries.count(score.value, before: try visit.decode("score"), of: doctor, in: hospital))
    call.audit.resource("appointment", appointmentId)
    let rows = try await call.transaction.query(DoctorSearchQueries.profile(of: doctor, in: hospital))
    guard let row = rows.first else { throw Failure.notFound("doctor") }
    return try Document(row)
  }
}

extension Row {
  fileprivate var status: JSONValue {
    get throws { .string(try decode("status", as: String.self)) }
  }
}
