import Core
import Operations
import Patients
import Postgres

/// The appointment that notes and prescriptions belong to.
struct Visit {
  let id: AppointmentID
  let patient: PatientID
  let doctor: UserID
  let status: String

  init(_ row: Row) throws {
    id = try row.decode("id")
    patient = try row.decode("patient_id")
    doctor = try row.decode("doctor_id")
    status = try row.decode("status")
  }

  /// Throws for everybody but the doctor whose visit it is.
  func mustBe(of person: UserID) throws(Failure) {
    guard doctor == person else { throw Failure(.forbidden, "Only the doctor of this visit can do this.") }
  }

  func mustBe(_ states: Set<String>, _ sentence: String) throws(Failure) {
    guard states.contains(status) else {
      throw Failure(.conflict, sentence, details: ["status": .string(status)])
    }
  }
}

extension WriteCall {
  /// The visit, whose patient the caller may open; that he did is on record.
  mutating func openVisit(_ id: AppointmentID, locks: Bool = false) async throws -> Visit {
    let rows = try await transaction.query(VisitQueries.find(id, in: try hospital.id, locks: locks))
    guard let row = rows.first else { throw Failure.notFound("appointment") }
    let visit = try Visit(row)
    _ = try await openPatient(visit.patient)
    audit.resource("appointment", id)
    return visit
  }
}
