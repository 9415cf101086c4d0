import Core
import FoundationEssentials
import Operations
import Postgres

/// The statements of bookings in several steps.
enum BundleQueries {
  /// The steps of one as a column of its own, in their order.
  static let steps: SQL = """
    (SELECT jsonb_agg(jsonb_build_object('number', s.number, 'doctorId', s.doctor_id, 'service', s.service, 'startsAt',
        to_char(s.starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'minutes', s.minutes,
        'appointmentId', s.appointment_id) ORDER BY s.number)
      FROM bundle_steps s WHERE s.hospital_id = b.hospital_id AND s.bundle_id = b.id)
    """

  static func insert(_ id: BundleID, of patient: PatientID, in hospital: HospitalID, by user: UserID) -> SQL {
    """
    INSERT INTO bundles (hospital_id, id, patient_id, created_by) VALUES (\(hospital), \(id), \(patient), \(user))
    """
  }

  static func insertSteps(_ id: BundleID, _ steps: [BookBundle.Step], in hospital: HospitalID) -> SQL {
    let minutes = steps.map { step in step.minutes.map { Int($0.value) } }
    return """
      INSERT INTO bundle_steps (hospital_id, bundle_id, number, doctor_id, service, starts_at, minutes)
      SELECT \(hospital), \(id), n.number, n.doctor_id, n.service, n.starts_at, n.minutes
      FROM unnest(\(steps.map(\.doctorId.rawValue))::uuid[], \(steps.map(\.service.text))::text[],
        \(steps.map(\.startsAt))::timestamptz[], \(minutes)::integer[]) WITH ORDINALITY
        AS n(doctor_id, service, starts_at, minutes, number)
      """
  }

  static func find(_ id: BundleID, in hospital: HospitalID) -> SQL {
    """
    SELECT \(sql: BundleKind.shape.sqlColumns) FROM bundles b WHERE b.hospital_id = \(hospital) AND b.id = \(id)
    """
  }

  static func lock(_ id: BundleID, in hospital: HospitalID) -> SQL {
    """
    SELECT b.patient_id FROM bundles b
    WHERE b.hospital_id = \(hospital) AND b.id = \(id) AND b.status = 'pending' FOR UPDATE OF b
    """
  }

  static func steps(_ id: BundleID, in hospital: HospitalID) -> SQL {
    """
    SELECT s.number, s.doctor_id, s.service, s.starts_at, s.minutes FROM bundle_steps s
    WHERE s.hospital_id = \(hospital) AND s.bundle_id = \(id) ORDER BY s.number
    """
  }

  static func doctors(_ ids: [UserID], in hospital: HospitalID) -> SQL {
    """
    SELECT m.user_id, m.role FROM memberships m
    WHERE m.hospital_id = \(hospital) AND m.user_id = ANY (\(ids.map(\.rawValue))::uuid[]) AND m.is_active
    """
  }

  /// Where a job goes back to when one of the steps cannot be booked.
  static let mark: SQL = "SAVEPOINT bundle"
  static let back: SQL = "ROLLBACK TO SAVEPOINT bundle"

  static func booked(_ number: Int, of id: BundleID, as appointment: AppointmentID, in hospital: HospitalID) -> SQL {
    """
    UPDATE bundle_steps SET appointment_id = \(appointment)
    WHERE hospital_id = \(hospital) AND bundle_id = \(id) AND number = \(number)
    """
  }

  static func succeed(_ id: BundleID, in hospital: HospitalID) -> SQL {
    "UPDATE bundles SET status = 'booked' WHERE hospital_id = \(hospital) AND id = \(id)"
  }

  static func fail(_ id: BundleID, at number: Int, _ problem: JSONValue, in hospital: HospitalID) -> SQL {
    """
    UPDATE bundles SET status = 'failed', failed_step = \(number), problem = \(problem.encoded)::jsonb
    WHERE hospital_id = \(hospital) AND id = \(id)
    """
  }
}
