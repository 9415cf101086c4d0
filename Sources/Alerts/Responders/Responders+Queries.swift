import Core
import Operations
import Postgres
import Tenancy

/// The statements of those who answer.
enum ResponderQueries {
  /// The name of an active member of the hospital who may acknowledge; no row for anybody else.
  static func colleague(_ id: UserID, in hospital: HospitalID) -> SQL {
    """
    SELECT u.name FROM memberships m JOIN users u ON u.id = m.user_id
    WHERE m.hospital_id = \(hospital) AND m.user_id = \(id) AND m.is_active AND u.is_active
      AND m.role = ANY (\(Role.answering))
    """
  }

  /// Takes the alert: one that nobody has yet, or one that was delegated to this person. An alert that asks for several
  /// people is left to `Quorum`.
  static func acknowledge(_ id: AlertID, in hospital: HospitalID, by who: Responder, _ response: Response) -> SQL {
    """
    UPDATE alerts a SET status = 'acknowledged', acknowledged_by = \(who.id), acknowledged_by_name = \(who.name),
      acknowledged_at = ward.now(), next_escalation_at = NULL, version = version + 1,
      \(sql: answered(by: response))
    WHERE a.hospital_id = \(hospital) AND a.id = \(id) AND a.quorum IS NULL
      AND (a.status = ANY (\(AlertLife.sources(of: .acknowledge)))
        OR (a.status = ANY (\(AlertLife.sources(of: .takeOver))) AND a.delegated_to = \(who.id)))
    RETURNING \(sql: AlertQueries.changed), a.response_seconds, a.step_seconds[1] AS first_step_seconds
    """
  }

  /// What an answer sets, whoever gives it; in urgency one step at most and never beyond its ends.
  static func answered(by response: Response) -> SQL {
    """
    urgency = LEAST(5, GREATEST(1, a.urgency + \(response.assessment.steps)::int)),
      response_action = \(response.action?.rawValue),
      estimated_arrival_at = ward.now() + make_interval(mins => \(response.minutes)::int),
      delegated_to = \(response.delegate),
      delegated_to_name = (SELECT u.name FROM users u WHERE u.id = \(response.delegate))
    """
  }

  static func insertAcknowledgment(
    of id: AlertID, in hospital: HospitalID, by who: Responder, _ response: Response, seconds: Int, at time: Timestamp
  ) -> SQL {
    """
    INSERT INTO alert_acknowledgments (hospital_id, id, alert_id, user_id, user_name, notes, response_seconds,
      acknowledged_at, response_action, urgency_assessment, delegate_to)
    VALUES (\(hospital), \(Identifier<AnyEntity>.new(at: time)), \(id), \(who.id), \(who.name), \(response.notes),
      \(seconds), \(time), \(response.action?.rawValue), \(response.assessment.rawValue), \(response.delegate))
    """
  }

  /// Hands an alert on: only who has it can. It waits for the new responder as long as for any.
  static func transfer(_ id: AlertID, in hospital: HospitalID, from user: UserID, to colleague: UserID) -> SQL {
    """
    UPDATE alerts a SET acknowledged_by = \(colleague),
      acknowledged_by_name = (SELECT u.name FROM users u WHERE u.id = \(colleague)), version = version + 1,
      response_action = NULL, estimated_arrival_at = NULL, delegated_to = NULL, delegated_to_name = NULL
    WHERE a.hospital_id = \(hospital) AND a.id = \(id) AND a.quorum IS NULL AND a.acknowledged_by = \(user)
      AND a.status = ANY (\(AlertLife.sources(of: .transfer)))
    RETURNING \(sql: AlertQueries.changed), a.response_seconds, a.step_seconds[1] AS first_step_seconds
    """
  }
}

extension Role {
  /// The roles of those who may answer an alert.
  static let answering = Role.allCases.filter { $0.permissions.contains(.acknowledgeAlerts) }.map(\.rawValue)
}
