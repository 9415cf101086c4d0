import Core
import FoundationEssentials
import Postgres

/// The statements by which a payment makes an appointment firm or gives it up.
enum PaidBookingQueries {
  static func confirm(_ appointment: UUID, in hospital: HospitalID) -> SQL {
    """
    WITH firm AS (
      UPDATE appointments SET status = 'confirmed', hold_ends_at = NULL, version = version + 1
      WHERE hospital_id = \(hospital) AND id = \(appointment) AND status IN ('held', 'scheduled') RETURNING 1)
    SELECT 1 FROM firm
    UNION ALL SELECT 1 FROM appointments WHERE hospital_id = \(hospital) AND id = \(appointment)
      AND status IN ('confirmed', 'checked_in', 'in_progress', 'completed')
    """
  }

  static func cancel(_ appointment: UUID, in hospital: HospitalID) -> SQL {
    """
    WITH gone AS (
      UPDATE appointments SET status = 'cancelled', hold_ends_at = NULL, version = version + 1
      WHERE hospital_id = \(hospital) AND id = \(appointment)
        AND status IN ('held', 'scheduled', 'confirmed', 'checked_in', 'in_progress') RETURNING id)
    DELETE FROM occupancy WHERE hospital_id = \(hospital) AND appointment_id IN (SELECT id FROM gone)
    """
  }
}
