import Core
import Postgres

/// The statements of `ward fill`; what is there already is left alone.
enum FillQueries {
  static let organization: SQL = """
    INSERT INTO organizations (id, name, slug) VALUES (gen_random_uuid(), 'Filled clinics', 'filled-clinics')
    ON CONFLICT DO NOTHING
    """

  static func clinic(_ subdomain: String, _ number: Int) -> SQL {
    """
    WITH made AS (
      INSERT INTO hospitals (id, organization_id, name, subdomain, kind)
      SELECT gen_random_uuid(), id, \("Clinic \(number)"), \(subdomain), 'clinic' FROM organizations
      WHERE slug = 'filled-clinics' ON CONFLICT DO NOTHING RETURNING id
    ) SELECT furnish_hospital(id) FROM made
    """
  }

  static func departments(_ subdomain: String) -> SQL {
    """
    INSERT INTO departments (hospital_id, id, name, code)
    SELECT h.id, gen_random_uuid(), d.name, d.code FROM hospitals h,
      (VALUES ('Emergency', 'ER'), ('Intensive Care', 'ICU'), ('Surgery', 'SURG'), ('Medicine', 'MED')) AS d (name, code)
    WHERE h.subdomain = \(subdomain) ON CONFLICT DO NOTHING
    """
  }

  static func locations(_ subdomain: String, _ count: Int) -> SQL {
    """
    INSERT INTO locations (hospital_id, id, name, address, hours)
    SELECT h.id, gen_random_uuid(), 'House ' || n, n || ' Hill Road',
      '[{"day": 1, "opens": "08:00", "closes": "18:00"}]'
    FROM hospitals h, generate_series(1, \(count)) AS n WHERE h.subdomain = \(subdomain) ON CONFLICT DO NOTHING
    """
  }

  static func nurse(_ subdomain: String, secret: String) -> SQL {
    """
    WITH made AS (
      INSERT INTO users (id, email, name, email_verified_at, is_demo)
      VALUES (gen_random_uuid(), \("nurse@\(subdomain).ward"), 'Nora Nurse', ward.now(), true)
      ON CONFLICT DO NOTHING RETURNING id
    ), known AS (
      INSERT INTO credentials (user_id, kind, algorithm, secret)
      SELECT id, 'password', 'argon2id', \(secret) FROM made
    )
    INSERT INTO memberships (hospital_id, user_id, role)
    SELECT h.id, made.id, 'nurse' FROM made, hospitals h WHERE h.subdomain = \(subdomain)
    """
  }

  static func find(_ subdomain: String) -> SQL {
    """
    SELECT h.id, (SELECT array_agg(d.id ORDER BY d.code) FROM departments d WHERE d.hospital_id = h.id) AS departments,
      (SELECT count(*) FROM patients p WHERE p.hospital_id = h.id) AS patients
    FROM hospitals h WHERE h.subdomain = \(subdomain)
    """
  }

  /// The first forty and every fiftieth are in house, the others were.
  static func patients(_ patients: [FilledPatient], of clinic: FilledClinic) -> SQL {
    """
    INSERT INTO patients (hospital_id, id, record, mrn_fingerprint, department_id, room_number, status, discharged_at)
    SELECT \(clinic.id), p.id, p.record, p.fingerprint, (\(clinic.departments)::uuid[])[1 + p.n % 4],
      'R' || p.n % 40, CASE WHEN p.n < 40 OR p.n % 50 = 0 THEN 'active' ELSE 'discharged' END,
      CASE WHEN p.n >= 40 AND p.n % 50 > 0 THEN ward.now() END
    FROM unnest(\(patients.map(\.id.rawValue))::uuid[], \(patients.map(\.sealed))::bytea[],
      \(patients.map(\.mrnFingerprint))::bytea[], \(patients.map(\.number))::int[]) AS p (id, record, fingerprint, n)
    """
  }

  /// In the order of their index.
  static func words(of patients: [FilledPatient], in clinic: HospitalID) -> SQL {
    let words = patients.flatMap { patient in patient.words.map { (word: $0, id: patient.id.rawValue) } }
    return """
      INSERT INTO patient_words (hospital_id, fingerprint, patient_id)
      SELECT \(clinic), w.word, w.id FROM unnest(\(words.map(\.word))::bytea[], \(words.map(\.id))::uuid[])
        AS w (word, id) ORDER BY w.word, w.id
      """
  }

  static let analyze: SQL = "ANALYZE patients, patient_words, hospitals, locations, departments, memberships"
}
