import Core
import Operations
import Postgres

/// The statements of prescriptions.
enum PrescriptionQueries {
  private static let columns: SQL = """
    p.id, p.appointment_id, p.patient_id, p.doctor_id, (SELECT u.name FROM users u WHERE u.id = p.doctor_id) AS doctor_name,
    p.status, p.content, p.dispensed_at, p.dispensed_by, p.created_at, p.ended_at, p.version
    """

  /// Takes the one that is in force out of force.
  static func replace(of visit: AppointmentID, in hospital: HospitalID) -> SQL {
    """
    UPDATE prescriptions SET status = 'replaced', ended_at = ward.now(), version = version + 1
    WHERE hospital_id = \(hospital) AND appointment_id = \(visit) AND status = 'active'
    """
  }

  static func insert(
    _ id: PrescriptionID, for visit: Visit, in hospital: HospitalID, content: [UInt8], code: PrescriptionCode
  ) -> SQL {
    """
    INSERT INTO prescriptions AS p (hospital_id, id, appointment_id, patient_id, doctor_id, content, code_hash)
    VALUES (\(hospital), \(id), \(visit.id), \(visit.patient), \(visit.doctor), \(content), sha256(\(code.text)::bytea))
    RETURNING \(sql: columns)
    """
  }

  static func find(_ id: PrescriptionID, in hospital: HospitalID, locks: Bool = false) -> SQL {
    """
    SELECT \(sql: columns) FROM prescriptions p WHERE p.hospital_id = \(hospital) AND p.id = \(id)\
    \(sql: locks ? " FOR UPDATE OF p" : "")
    """
  }

  static func find(_ code: PrescriptionCode, in hospital: HospitalID) -> SQL {
    """
    SELECT \(sql: columns) FROM prescriptions p
    WHERE p.hospital_id = \(hospital) AND p.code_hash = sha256(\(code.text)::bytea)
    """
  }

  /// One row more than the limit tells that there are more.
  static func list(
    of patient: PatientID, in hospital: HospitalID, after: PrescriptionID?, limit: Int, skip: Int
  ) -> SQL {
    """
    SELECT \(sql: columns) FROM prescriptions p WHERE p.hospital_id = \(hospital) AND p.patient_id = \(patient)\
    \(sql: after.map { " AND p.id < \($0)" } ?? "")
    ORDER BY p.id DESC LIMIT \(limit + 1) OFFSET \(skip)
    """
  }

  static func count(of patient: PatientID, in hospital: HospitalID) -> SQL {
    "SELECT count(*) AS total FROM prescriptions p WHERE p.hospital_id = \(hospital) AND p.patient_id = \(patient)"
  }

  /// What is in force from other visits of the patient.
  static func active(of patient: PatientID, besides visit: AppointmentID, in hospital: HospitalID) -> SQL {
    """
    SELECT \(sql: columns) FROM prescriptions p WHERE p.hospital_id = \(hospital) AND p.patient_id = \(patient)
      AND p.appointment_id <> \(visit) AND p.status = 'active' ORDER BY p.id DESC LIMIT 100
    """
  }

  static func cancel(_ id: PrescriptionID, in hospital: HospitalID) -> SQL {
    """
    UPDATE prescriptions p SET status = 'cancelled', ended_at = ward.now(), version = p.version + 1
    WHERE p.hospital_id = \(hospital) AND p.id = \(id) RETURNING \(sql: columns)
    """
  }

  static func dispense(_ id: PrescriptionID, in hospital: HospitalID, by person: UserID) -> SQL {
    """
    UPDATE prescriptions p SET dispensed_at = ward.now(), dispensed_by = \(person), version = p.version + 1
    WHERE p.hospital_id = \(hospital) AND p.id = \(id) RETURNING \(sql: columns)
    """
  }

  /// What anybody may know who holds the code.
  static func genuine(_ code: PrescriptionCode) -> SQL {
    """
    SELECT \(sql: GenuinePrescriptionKind.shape.sqlColumns) FROM prescription_of(sha256(\(code.text)::bytea)) g
    """
  }

  /// The doctor's licence and the hospital's name, for a printed page.
  static func letterhead(of doctor: UserID, in hospital: HospitalID) -> SQL {
    """
    SELECT h.name, m.license_number FROM hospitals h JOIN memberships m ON m.hospital_id = h.id AND m.user_id = \(doctor)
    WHERE h.id = \(hospital)
    """
  }
}
