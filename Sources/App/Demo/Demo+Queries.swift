import Core
import Postgres

/// The statements that make the demo; each leaves what is there already alone.
enum DemoQueries {
  static let ground: [SQL] = [
    """
    INSERT INTO organizations (id, name, slug) VALUES (\(DemoID.text(kind: 9, 1))::uuid, 'Demo Health', 'demo-health')
    ON CONFLICT DO NOTHING
    """
  ]

  private static let departments = [("Emergency", "ER"), ("Intensive Care", "ICU"), ("Cardiology", "CARD")]

  private static let types: [(code: String, title: String, group: String, urgency: Int, confirm: Bool)] = [
    ("cardiac_arrest", "Cardiac arrest", "medical", 5, true), ("code_blue", "Code blue", "medical", 5, true),
    ("medical", "Medical emergency", "medical", 4, false), ("fall", "Fall", "medical", 3, false),
    ("security", "Security", "security", 4, true), ("fire", "Fire", "fire", 5, true),
    ("equipment", "Equipment failure", "equipment", 2, false), ("nurse_call", "Nurse call", "medical", 1, false),
    ("trauma_team", "Trauma team", "medical", 5, true),
  ]

  /// The one type that asks for several people; the demo has one of each.
  private static let traumaTeam = """
    [{"label": "Doctor", "role": "doctor", "specialization": null, "count": 1},
     {"label": "Nurse", "role": "nurse", "specialization": null, "count": 1}]
    """

  static func hospital(_ hospital: DemoHospital) -> [SQL] {
    var statements: [SQL] = [
      """
      INSERT INTO hospitals (id, organization_id, name, subdomain)
      VALUES (\(hospital.id)::uuid, \(DemoID.text(kind: 9, 1))::uuid, \(hospital.name), \(hospital.subdomain))
      ON CONFLICT DO NOTHING
      """
    ]
    for (index, department) in departments.enumerated() {
      statements.append(
        """
        INSERT INTO departments (hospital_id, id, name, code)
        VALUES (\(hospital.id)::uuid, \(hospital.department(index))::uuid, \(department.0), \(department.1))
        ON CONFLICT DO NOTHING
        """)
    }
    for (index, type) in types.enumerated() {
      statements.append(
        """
        INSERT INTO alert_types (hospital_id, code, title, class, default_urgency, requires_confirmation, position,
          quorum)
        VALUES (\(hospital.id)::uuid, \(type.code), \(type.title), \(type.group), \(type.urgency), \(type.confirm),
          \(index), \(type.code == "trauma_team" ? traumaTeam : nil)::text::jsonb)
        ON CONFLICT DO NOTHING
        """)
    }
    // A nurse call that nobody hears climbs sooner than the table says.
    statements.append(
      """
      INSERT INTO escalation_ladders (hospital_id, id, urgency, alert_type, step_seconds, repeats)
      VALUES (\(hospital.id)::uuid, \(DemoID.text(kind: 3, hospital.number))::uuid, 1, 'nurse_call', '{1800,3600}', false)
      ON CONFLICT DO NOTHING
      """)
    return statements
  }

  static func person(_ person: DemoPerson, number: Int, secret: String) -> [SQL] {
    let id = DemoID.text(kind: 4, number)
    return [
      """
      INSERT INTO users (id, email, name, email_verified_at, is_demo)
      VALUES (\(id)::uuid, \(person.email), \(person.name), ward.now(), true) ON CONFLICT DO NOTHING
      """,
      """
      INSERT INTO credentials (user_id, kind, algorithm, secret)
      VALUES (\(id)::uuid, 'password', 'argon2id', \(secret)) ON CONFLICT DO NOTHING
      """,
      """
      INSERT INTO memberships (hospital_id, user_id, role, department_id, is_on_duty, shift_started_at)
      VALUES (\(person.hospital.id)::uuid, \(id)::uuid, \(person.role),
        \(person.department.map(person.hospital.department))::uuid, \(person.isOnDuty),
        CASE WHEN \(person.isOnDuty) THEN ward.now() END)
      ON CONFLICT DO NOTHING
      """,
    ]
  }

  /// The account of the demo's patient, who may read his own record.
  private static let account = DemoID.text(kind: 4, 6)

  /// No row when the patient is there already.
  static func patient(_ patient: DemoPatient, sealed: [UInt8], fingerprint: [UInt8]) -> SQL {
    """
    INSERT INTO patients (hospital_id, id, record, mrn_fingerprint, department_id, room_number, user_id)
    VALUES (\(patient.hospital.id)::uuid, \(patient.id), \(sealed), \(fingerprint),
      \(patient.hospital.department(0))::uuid, \("10\(patient.number)"), \(patient.hasAccount ? account : nil)::uuid)
    ON CONFLICT DO NOTHING RETURNING id
    """
  }

  static func words(_ fingerprints: [[UInt8]], of patient: DemoPatient) -> SQL {
    """
    INSERT INTO patient_words (hospital_id, fingerprint, patient_id)
    SELECT \(patient.hospital.id)::uuid, word, \(patient.id) FROM unnest(\(fingerprints)::bytea[]) AS word
    """
  }
}
