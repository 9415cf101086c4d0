import Core
import Postgres

/// The statements of what ties reminders to appointments.
enum ReminderTieQueries {
  static func tie(_ reminders: [ReminderID], to appointment: AppointmentID, in hospital: HospitalID) -> SQL {
    """
    INSERT INTO appointment_reminders (hospital_id, reminder_id, appointment_id)
    SELECT \(hospital), r.id, \(appointment) FROM unnest(\(reminders.map(\.rawValue))::uuid[]) AS r (id)
    """
  }

  static func known(_ appointment: AppointmentID, in hospital: HospitalID) -> SQL {
    "SELECT 1 FROM appointment_reminders WHERE hospital_id = \(hospital) AND appointment_id = \(appointment) LIMIT 1"
  }

  /// Those that have not gone out.
  static func cancel(of appointment: AppointmentID, in hospital: HospitalID) -> SQL {
    """
    UPDATE reminders r SET status = 'cancelled', cancelled_at = ward.now()
    FROM appointment_reminders t
    WHERE t.hospital_id = \(hospital) AND t.appointment_id = \(appointment)
      AND r.hospital_id = t.hospital_id AND r.id = t.reminder_id AND r.status = 'scheduled'
    """
  }
}
