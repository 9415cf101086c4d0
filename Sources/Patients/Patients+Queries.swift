import Core
import Operations
import Postgres

/// The statements of patients, one function each.
enum PatientQueries {
  /// What ``Patient`` reads; `scope` says whether the caller may open the record.
  static func columns(_ scope: RecordScope) -> SQL {
    """
    p.id, p.hospital_id, p.record, p.mrn, p.name, p.department_id, p.room_number, p.bed_number, p.status, p.is_dnr,
    p.is_fall_risk, p.has_allergy_alert, p.admitted_at, p.discharged_at, p.created_at, p.updated_at, p.version,
    \(sql: scope.condition) AS is_open
    """
  }

  static func find(_ id: PatientID, in hospital: HospitalID, _ scope: RecordScope, locks: Bool = false) -> SQL {
    """
    SELECT \(sql: columns(scope)) FROM patients p WHERE p.hospital_id = \(hospital) AND p.id = \(id)\
    \(sql: locks ? " FOR UPDATE OF p" : "")
    """
  }

  /// What changes with every change of the row, and whether the caller may open it.
  static func state(_ id: PatientID, in hospital: HospitalID, _ scope: RecordScope) -> SQL {
    """
    SELECT p.xmin::text || ' ' || p.version AS state, \(sql: scope.condition) AS is_open FROM patients p
    WHERE p.hospital_id = \(hospital) AND p.id = \(id)
    """
  }

  /// The record that belongs to somebody's account.
  static func own(_ person: UserID, in hospital: HospitalID) -> SQL {
    """
    SELECT \(sql: columns(.own)) FROM patients p WHERE p.hospital_id = \(hospital) AND p.user_id = \(person)
    """
  }

  static func department(_ id: DepartmentID, in hospital: HospitalID) -> SQL {
    "SELECT 1 FROM departments WHERE hospital_id = \(hospital) AND id = \(id) AND is_active"
  }

  /// Somebody of this hospital who has the record number, whatever key of the ring it was written under.
  static func numbered(_ fingerprints: [[UInt8]], in hospital: HospitalID) -> SQL {
    "SELECT p.id FROM patients p WHERE p.hospital_id = \(hospital) AND p.mrn_fingerprint = ANY (\(fingerprints))"
  }

  /// The last of the hospital's next numbers of the year, with the hospital's letters.
  static func nextNumbers(_ count: Int, year: Int, in hospital: HospitalID) -> SQL {
    """
    INSERT INTO patient_numbers AS n (hospital_id, year, last_number) VALUES (\(hospital), \(year), \(count))
    ON CONFLICT (hospital_id, year) DO UPDATE SET last_number = n.last_number + \(count)
    RETURNING n.last_number, (SELECT h.subdomain FROM hospitals h WHERE h.id = \(hospital)) AS subdomain
    """
  }

  /// No row when the record number is taken.
  static func insert(_ patient: NewPatient, sealed: [UInt8], fingerprint: [UInt8], _ scope: RecordScope) -> SQL {
    """
    INSERT INTO patients AS p (hospital_id, id, record, mrn_fingerprint, department_id, room_number, bed_number, is_dnr,
      is_fall_risk, has_allergy_alert, admitted_at)
    VALUES (\(patient.hospital), \(patient.id), \(sealed), \(fingerprint), \(patient.department),
      \(patient.room), \(patient.bed), \(patient.flags?.dnr ?? false), \(patient.flags?.fallRisk ?? false),
      \(patient.flags?.allergyAlert ?? false), COALESCE(\(patient.admittedAt)::timestamptz, ward.now()))
    ON CONFLICT (hospital_id, mrn_fingerprint) DO NOTHING
    RETURNING \(sql: columns(scope))
    """
  }

  static func insertWords(_ fingerprints: [[UInt8]], of id: PatientID, in hospital: HospitalID) -> SQL {
    """
    INSERT INTO patient_words (hospital_id, fingerprint, patient_id)
    SELECT \(hospital), word, \(id) FROM unnest(\(fingerprints)::bytea[]) AS word
    """
  }

  static func deleteWords(of id: PatientID, in hospital: HospitalID) -> SQL {
    "DELETE FROM patient_words WHERE hospital_id = \(hospital) AND patient_id = \(id)"
  }

  static func plain(in hospital: HospitalID) -> SQL {
    """
    SELECT id, mrn, name FROM patients WHERE hospital_id = \(hospital) AND record IS NULL
    ORDER BY id LIMIT 200 FOR UPDATE SKIP LOCKED
    """
  }

  static func seal(_ id: PatientID, in hospital: HospitalID, record: [UInt8], fingerprint: [UInt8]) -> SQL {
    """
    UPDATE patients SET record = \(record), mrn_fingerprint = \(fingerprint), mrn = NULL, name = NULL
    WHERE hospital_id = \(hospital) AND id = \(id)
    """
  }

  /// Writes the columns of an edit; the sealed record is written by ``seal(_:in:record:fingerprint:)``.
  static func update(_ edit: PatientEdit, _ scope: RecordScope) -> SQL {
    let flags = edit.input.flags
    return """
      UPDATE patients p SET
        department_id = CASE WHEN \(edit.cleared.contains(.departmentId)) THEN NULL
          ELSE COALESCE(\(edit.input.departmentId)::uuid, p.department_id) END,
        room_number = CASE WHEN \(edit.cleared.contains(.roomNumber)) THEN NULL
          ELSE COALESCE(\(edit.input.roomNumber?.text)::text, p.room_number) END,
        bed_number = CASE WHEN \(edit.cleared.contains(.bedNumber)) THEN NULL
          ELSE COALESCE(\(edit.input.bedNumber?.text)::text, p.bed_number) END,
        is_dnr = COALESCE(\(flags?.dnr)::boolean, p.is_dnr),
        is_fall_risk = COALESCE(\(flags?.fallRisk)::boolean, p.is_fall_risk),
        has_allergy_alert = COALESCE(\(flags?.allergyAlert)::boolean, p.has_allergy_alert), version = p.version + 1
      WHERE p.hospital_id = \(edit.hospital) AND p.id = \(edit.id)
      RETURNING \(sql: columns(scope))
      """
  }

  static func discharge(_ id: PatientID, in hospital: HospitalID, _ scope: RecordScope) -> SQL {
    """
    UPDATE patients p SET status = 'discharged', discharged_at = ward.now(), version = p.version + 1
    WHERE p.hospital_id = \(hospital) AND p.id = \(id) RETURNING \(sql: columns(scope))
    """
  }

  /// The wanted patients, who came last first; one row more than the limit tells that there are more.
  static func list(
    _ filter: PatientFilter, in hospital: HospitalID, _ scope: RecordScope, after: PatientID?, limit: Int, skip: Int
  ) -> SQL {
    """
    SELECT \(sql: columns(scope)) FROM patients p
    WHERE p.hospital_id = \(hospital) AND \(sql: scope.condition)\(sql: filter.conditions(in: hospital))\
    \(sql: after.map { " AND p.id < \($0)" } ?? "")
    ORDER BY p.id DESC LIMIT \(limit + 1) OFFSET \(skip)
    """
  }

  /// Counts to 1,000 and no further, so that a large hospital's list does not cost more than a small one's; the exact
  /// figures are those of the dashboard.
  static func count(_ filter: PatientFilter, in hospital: HospitalID, _ scope: RecordScope) -> SQL {
    """
    SELECT count(*) AS total FROM (
      SELECT 1 FROM patients p WHERE p.hospital_id = \(hospital) AND \(sql: scope.condition)\
      \(sql: filter.conditions(in: hospital)) LIMIT 1000) AS found
    """
  }

  /// How far found patients are counted: who finds more says more.
  private static let mostCounted = 100

  /// The first pages of the patients who are found under every word, the newest first, each row with `total`; one row
  /// more than the limit tells that there are more. The words are compared once for the page and the total together.
  static func search(
    _ words: [[[UInt8]]], in hospital: HospitalID, _ scope: RecordScope, limit: Int, skip: Int
  ) -> SQL {
    """
    WITH found AS MATERIALIZED (
      SELECT w.patient_id FROM patient_words w WHERE w.hospital_id = \(hospital) AND \(sql: found(words, in: hospital))
      ORDER BY w.patient_id DESC LIMIT \(max(mostCounted, skip + limit + 1)))
    SELECT \(sql: columns(scope)), (SELECT count(*) FROM found) AS total
    FROM (SELECT patient_id FROM found ORDER BY patient_id DESC LIMIT \(limit + 1) OFFSET \(skip)) AS shown
    JOIN patients p ON p.hospital_id = \(hospital) AND p.id = shown.patient_id
    ORDER BY p.id DESC
    """
  }

  /// The same from a place on, without a total.
  static func search(
    _ words: [[[UInt8]]], in hospital: HospitalID, _ scope: RecordScope, after: PatientID, limit: Int
  ) -> SQL {
    """
    SELECT \(sql: columns(scope)) FROM patient_words w
    JOIN patients p ON p.hospital_id = w.hospital_id AND p.id = w.patient_id
    WHERE w.hospital_id = \(hospital) AND \(sql: found(words, in: hospital)) AND w.patient_id < \(after)
    ORDER BY w.patient_id DESC LIMIT \(limit + 1)
    """
  }

  static func countFound(_ words: [[[UInt8]]], in hospital: HospitalID) -> SQL {
    """
    SELECT count(*) AS total FROM (
      SELECT 1 FROM patient_words w WHERE w.hospital_id = \(hospital) AND \(sql: found(words, in: hospital)) 
      LIMIT \(mostCounted)) AS found
    """
  }

  /// A condition on `patient_words w`: every word, whatever key of the ring it was written under.
  ///
  /// The further words are looked up patient by patient: the planner knows nothing about fingerprints, and as a join it
  /// would compare all patients of one word with all of the other.
  private static func found(_ words: [[[UInt8]]], in hospital: HospitalID) -> SQL {
    let further = words.dropFirst().map { keys in
      """
       AND (SELECT true FROM patient_words o WHERE o.hospital_id = \(hospital) AND o.patient_id = w.patient_id
        AND \(sql: matches("o", keys)) LIMIT 1)
      """ as SQL
    }
    return matches("w", words.first ?? []) + .joined(further, by: "")
  }

  /// One key is asked by equality, so that the index also gives the order.
  private static func matches(_ alias: SQL, _ keys: [[UInt8]]) -> SQL {
    if let only = keys.first, keys.count == 1 { return "\(sql: alias).fingerprint = \(only)::bytea" }
    return "\(sql: alias).fingerprint = ANY (\(keys)::bytea[])"
  }

  /// Where patients from before the sealing wait for it.
  static let hospitalsWithPlainPatients: SQL =
    "SELECT hospital_id FROM hospitals_with_plain_patients() AS hospital_id"
}
