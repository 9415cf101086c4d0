package import Core
package import Operations
import Postgres

extension WriteCall {
  /// The record that belongs to the caller's account.
  package func ownPatient() async throws -> PatientID {
    let rows = try await transaction.query(AppointmentQueries.patient(of: try person, in: try hospital.id))
    guard let row = rows.first else {
      throw Failure(.forbidden, "You have no record of your own in this hospital.")
    }
    return try row.decode("id")
  }

  /// One of the caller's own appointments, locked; another's is not there.
  func ownAppointment(_ id: AppointmentID) async throws -> Appointment {
    let patient = try await ownPatient()
    let appointment = try await BookingDesk.lock(id, self)
    guard appointment.patient == patient else { throw Failure.notFound("appointment") }
    return appointment
  }
}
