import Core
import FoundationEssentials
import Operations
import Postgres

/// The statements of importing patients, each for many at once.
extension PatientQueries {
  /// Whose these fingerprints of record numbers are.
  static func taken(_ fingerprints: [[UInt8]], in hospital: HospitalID) -> SQL {
    """
    SELECT id, mrn_fingerprint FROM patients
    WHERE hospital_id = \(hospital) AND mrn_fingerprint = ANY (\(fingerprints)::bytea[])
    """
  }

  /// A row for each that was made.
  static func insert(
    _ patients: [NewPatient], sealed: [[UInt8]], fingerprints: [[UInt8]], in hospital: HospitalID
  ) -> SQL {
    """
    INSERT INTO patients (hospital_id, id, record, mrn_fingerprint, department_id, room_number, bed_number, is_dnr,
      is_fall_risk, has_allergy_alert, admitted_at)
    SELECT \(hospital), new.id, new.record, new.mrn, new.department, new.room, new.bed, new.dnr, new.fall, new.allergy,
      COALESCE(new.admitted, ward.now())
    FROM unnest(\(patients.map(\.id.rawValue))::uuid[], \(sealed)::bytea[], \(fingerprints)::bytea[],
      \(patients.map { $0.department?.rawValue })::uuid[], \(patients.map(\.room))::text[],
      \(patients.map(\.bed))::text[], \(patients.map { $0.flags?.dnr ?? false })::boolean[],
      \(patients.map { $0.flags?.fallRisk ?? false })::boolean[],
      \(patients.map { $0.flags?.allergyAlert ?? false })::boolean[], \(patients.map(\.admittedAt))::timestamptz[])
      AS new (id, record, mrn, department, room, bed, dnr, fall, allergy, admitted)
    ON CONFLICT (hospital_id, mrn_fingerprint) DO NOTHING RETURNING id
    """
  }

  static func insertWords(_ fingerprints: [[UInt8]], of patients: [PatientID], in hospital: HospitalID) -> SQL {
    """
    INSERT INTO patient_words (hospital_id, fingerprint, patient_id)
    SELECT \(hospital), new.* FROM unnest(\(fingerprints)::bytea[], \(patients.map(\.rawValue))::uuid[]) AS new
    """
  }
}
