import Core
import Operations
import Postgres

/// The statements of emergency access and its review.
enum EmergencyQueries {
  private static let columns: SQL = """
    \(sql: AccessReviewKind.shape.sqlColumns), e.reason AS sealed_reason, e.review_note AS sealed_note
    """
  private static let source: SQL = "emergency_accesses e JOIN users u ON u.id = e.user_id"

  /// Of many who open a record at once each waits for the one before.
  static func lock(_ patient: PatientID, in hospital: HospitalID) -> SQL {
    "SELECT 1 FROM patients p WHERE p.hospital_id = \(hospital) AND p.id = \(patient) FOR NO KEY UPDATE OF p"
  }

  static func insert(
    _ id: Identifier<AnyEntity>, of patient: PatientID, in hospital: HospitalID, by user: UserID, reason: [UInt8],
    minutes: Int64
  ) -> SQL {
    """
    INSERT INTO emergency_accesses (hospital_id, id, patient_id, user_id, reason, granted_at, expires_at)
    VALUES (\(hospital), \(id), \(patient), \(user), \(reason), ward.now(),
      ward.now() + make_interval(mins => \(minutes)::int))
    """
  }

  static func find(_ id: Identifier<AnyEntity>, in hospital: HospitalID) -> SQL {
    "SELECT \(sql: columns) FROM \(sql: source) WHERE e.hospital_id = \(hospital) AND e.id = \(id) FOR UPDATE OF e"
  }

  /// The last first; one row more than the limit tells that there are more.
  static func list(
    _ status: ReviewStatus, in hospital: HospitalID, after: Identifier<AnyEntity>?, limit: Int, skip: Int
  ) -> SQL {
    """
    SELECT \(sql: columns), e.id AS place FROM \(sql: source) WHERE e.hospital_id = \(hospital)\(sql: status.condition)
      \(sql: after.map { "AND e.id < \($0)" } ?? "")
    ORDER BY e.id DESC LIMIT \(limit + 1) OFFSET \(skip)
    """
  }

  static func count(_ status: ReviewStatus, in hospital: HospitalID) -> SQL {
    "SELECT count(*) AS total FROM emergency_accesses e WHERE e.hospital_id = \(hospital)\(sql: status.condition)"
  }

  static func review(
    _ id: Identifier<AnyEntity>, in hospital: HospitalID, by user: UserID, verdict: ReviewVerdict, note: [UInt8]?
  ) -> SQL {
    """
    UPDATE emergency_accesses SET verdict = \(verdict.rawValue), reviewed_by = \(user), reviewed_at = ward.now(),
      review_note = \(note)
    WHERE hospital_id = \(hospital) AND id = \(id) AND verdict IS NULL
    """
  }

  /// Who watches over access: the compliance officers, by membership or by grant; where there are none, the
  /// administrators.
  static func watchers(in hospital: HospitalID) -> SQL {
    """
    WITH officers AS (
      SELECT m.user_id, m.role FROM memberships m
      WHERE m.hospital_id = \(hospital) AND m.is_active AND m.role IN ('compliance_officer', 'hospital_admin')
      UNION
      SELECT g.user_id, g.role FROM role_grants g
      JOIN memberships m ON m.hospital_id = g.hospital_id AND m.user_id = g.user_id AND m.is_active
      WHERE g.hospital_id = \(hospital) AND g.role = 'compliance_officer' AND g.revoked_at IS NULL
        AND (g.expires_at IS NULL OR g.expires_at > ward.now()))
    SELECT DISTINCT u.id, u.name, u.email FROM officers o JOIN users u ON u.id = o.user_id
    WHERE o.role = CASE WHEN EXISTS (SELECT 1 FROM officers WHERE role = 'compliance_officer')
      THEN 'compliance_officer' ELSE 'hospital_admin' END
    ORDER BY u.id LIMIT 100
    """
  }
}
