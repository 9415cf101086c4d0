import Core
import Operations
import Postgres

/// The statements of alerts that ask for several people.
enum QuorumQueries {
  /// What somebody is in this hospital, for finding what he can fill.
  static func skills(of user: UserID, in hospital: HospitalID) -> SQL {
    "SELECT role, specialization FROM memberships WHERE hospital_id = \(hospital) AND user_id = \(user)"
  }

  /// Everybody on duty in the whole hospital who has one of these roles.
  static func onDuty(roles: [String], in hospital: HospitalID) -> SQL {
    """
    SELECT user_id, role, specialization FROM memberships
    WHERE hospital_id = \(hospital) AND is_active AND is_on_duty AND role = ANY (\(roles)) ORDER BY user_id LIMIT 5000
    """
  }

  /// Who was asked before, for whatever reason, and said that he cannot come.
  static func declined(_ id: AlertID, in hospital: HospitalID) -> SQL {
    """
    SELECT DISTINCT user_id FROM alert_pages
    WHERE hospital_id = \(hospital) AND alert_id = \(id) AND declined_at IS NOT NULL
    """
  }

  /// Writes who is coming; with `lead` the alert is acknowledged, in the name of who came first.
  static func store(
    _ quorum: Quorum, of id: AlertID, in hospital: HospitalID, urgencySteps: Int, lead: Quorum.Answer?
  ) -> SQL {
    """
    UPDATE alerts a SET quorum = \(JSONB(text: quorum.quorumJSON.encoded)),
      responders = \(JSONB(text: quorum.respondersJSON.encoded)), version = version + 1,
      urgency = LEAST(5, GREATEST(1, a.urgency + \(urgencySteps)::int)),
      status = CASE WHEN \(lead?.person)::uuid IS NULL THEN a.status ELSE 'acknowledged' END,
      acknowledged_by = COALESCE(\(lead?.person), a.acknowledged_by),
      acknowledged_by_name = COALESCE(\(lead?.name), a.acknowledged_by_name),
      acknowledged_at = CASE WHEN \(lead?.person)::uuid IS NULL THEN a.acknowledged_at ELSE ward.now() END,
      next_escalation_at = CASE WHEN \(lead?.person)::uuid IS NULL THEN a.next_escalation_at END
    WHERE a.hospital_id = \(hospital) AND a.id = \(id) RETURNING \(sql: AlertQueries.changed)
    """
  }
}

extension Quorum {
  /// Pages of those whom a quorum asks for, whatever tier the alert is in.
  static let pageTier = 0
}
