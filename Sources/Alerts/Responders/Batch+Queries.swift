import Core
import FoundationEssentials
import Operations
import Postgres

/// The statements of batches: one for all alerts of one, locked in the order of their ids so that two batches never
/// wait for each other.
enum BatchQueries {
  private static func locked(_ ids: [AlertID], in hospital: HospitalID, for move: AlertLife.Move) -> SQL {
    """
    (SELECT l.id FROM alerts l WHERE l.hospital_id = \(hospital) AND l.id = ANY (\(ids.map(\.rawValue))::uuid[])
      AND l.status = ANY (\(AlertLife.sources(of: move))) ORDER BY l.id FOR UPDATE)
    """
  }

  static func acknowledge(_ ids: [AlertID], in hospital: HospitalID, by who: Responder, _ response: Response) -> SQL {
    """
    UPDATE alerts a SET status = 'acknowledged', acknowledged_by = \(who.id), acknowledged_by_name = \(who.name),
      acknowledged_at = ward.now(), next_escalation_at = NULL, version = version + 1,
      \(sql: ResponderQueries.answered(by: response))
    FROM \(sql: locked(ids, in: hospital, for: .acknowledge)) AS wanted
    WHERE a.hospital_id = \(hospital) AND a.id = wanted.id AND a.quorum IS NULL
    RETURNING \(sql: AlertQueries.changed), a.response_seconds, a.step_seconds[1] AS first_step_seconds
    """
  }

  static func resolve(_ ids: [AlertID], in hospital: HospitalID, by who: Responder, resolution: String) -> SQL {
    """
    UPDATE alerts a SET status = 'resolved', resolved_by = \(who.id), resolved_at = ward.now(),
      resolution = \(resolution), next_escalation_at = NULL, version = version + 1
    FROM \(sql: locked(ids, in: hospital, for: .resolve)) AS wanted
    WHERE a.hospital_id = \(hospital) AND a.id = wanted.id
    RETURNING \(sql: AlertQueries.changed)
    """
  }

  /// The alerts of a batch that were left as they are.
  static func others(_ ids: [AlertID], in hospital: HospitalID) -> SQL {
    """
    SELECT a.id, a.status, a.acknowledged_by_name, a.quorum IS NOT NULL AS needs_several FROM alerts a
    WHERE a.hospital_id = \(hospital) AND a.id = ANY (\(ids.map(\.rawValue))::uuid[])
    """
  }

  static func insertAcknowledgments(
    _ seconds: [AlertID: Int], in hospital: HospitalID, by who: Responder, _ response: Response, at time: Timestamp
  ) -> SQL {
    """
    INSERT INTO alert_acknowledgments (hospital_id, id, alert_id, user_id, user_name, notes, response_seconds,
      acknowledged_at, response_action, urgency_assessment)
    SELECT \(hospital), item.id, item.alert, \(who.id), \(who.name), \(response.notes), item.seconds, \(time),
      \(response.action?.rawValue), \(response.assessment.rawValue)
    FROM unnest(\(seconds.map { _ in Identifier<AnyEntity>.new(at: time).rawValue })::uuid[],
      \(seconds.keys.map(\.rawValue))::uuid[], \(Array(seconds.values))::int[]) AS item (id, alert, seconds)
    """
  }

  static func insertChanges(
    _ kind: String, of ids: [AlertID], in hospital: HospitalID, by who: Responder, notes: String?, at time: Timestamp
  ) -> SQL {
    """
    INSERT INTO alert_changes (hospital_id, id, alert_id, kind, actor_id, actor_name, notes, changed_at)
    SELECT \(hospital), item.id, item.alert, \(kind), \(who.id), \(who.name), \(notes), \(time)
    FROM unnest(\(ids.map { _ in Identifier<AnyEntity>.new(at: time).rawValue })::uuid[],
      \(ids.map(\.rawValue))::uuid[]) AS item (id, alert)
    """
  }

  static func clearTimers(_ kinds: [TimerKind], for ids: [AlertID], in hospital: HospitalID) -> SQL {
    """
    DELETE FROM alert_timers WHERE hospital_id = \(hospital) AND alert_id = ANY (\(ids.map(\.rawValue))::uuid[])
      AND kind = ANY (\(kinds.map(\.rawValue)))
    """
  }

  static func setResponseTimers(_ seconds: [AlertID: Int], in hospital: HospitalID, from time: Timestamp) -> SQL {
    """
    INSERT INTO alert_timers (hospital_id, alert_id, kind, due_at)
    SELECT \(hospital), item.alert, \(TimerKind.response.rawValue),
      \(time)::timestamptz + make_interval(secs => item.seconds)
    FROM unnest(\(seconds.keys.map(\.rawValue))::uuid[], \(Array(seconds.values))::int[]) AS item (alert, seconds)
    ON CONFLICT (hospital_id, alert_id, kind) DO UPDATE SET due_at = excluded.due_at
    """
  }
}
