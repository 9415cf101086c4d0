import Core
import Operations
package import Postgres

/// The statements of waiting lines.
package enum LineQueries {
  private static let isWaiting: SQL = "e.state = 'waiting' AND e.expires_at > ward.now()"

  /// The active department, held until the transaction ends: a line changes for one after the other.
  static func lock(_ line: DepartmentID, in hospital: HospitalID) -> SQL {
    """
    SELECT 1 FROM departments WHERE hospital_id = \(hospital) AND id = \(line) AND is_active FOR NO KEY UPDATE
    """
  }

  static func waiting(in line: DepartmentID, _ hospital: HospitalID, most: Int) -> SQL {
    """
    SELECT e.id, e.number FROM line_entries e
    WHERE e.hospital_id = \(hospital) AND e.department_id = \(line) AND \(sql: isWaiting)
    ORDER BY e.place, e.id LIMIT \(most)
    """
  }

  static func list(of line: DepartmentID, in hospital: HospitalID) -> ShortList {
    ShortList(
      "line_entries e WHERE e.hospital_id = \(hospital) AND e.department_id = \(line) AND \(sql: isWaiting)",
      order: [.init("e.place", "timestamptz"), .init("e.id", "uuid")])
  }

  /// What is older than two days is of use to nobody.
  static func forget(in line: DepartmentID, _ hospital: HospitalID) -> SQL {
    """
    DELETE FROM line_entries WHERE hospital_id = \(hospital) AND department_id = \(line)
      AND joined_at < ward.now() - interval '2 days'
    """
  }

  /// The next number of the hospital's day; no row when the line is full.
  static func insert(
    _ id: LineEntryID, in line: DepartmentID, _ hospital: HospitalID, most: Int, hours: Int
  ) -> SQL {
    """
    INSERT INTO line_entries AS n (hospital_id, id, department_id, number, expires_at)
    SELECT h.id, \(id), \(line), 1 + COALESCE((SELECT max(e.number) FROM line_entries e
        WHERE e.hospital_id = h.id AND e.department_id = \(line)
          AND e.joined_at >= date_trunc('day', ward.now() AT TIME ZONE h.time_zone) AT TIME ZONE h.time_zone), 0),
      ward.now() + make_interval(hours => \(hours))
    FROM hospitals h WHERE h.id = \(hospital)
      AND (SELECT count(*) FROM line_entries e
        WHERE e.hospital_id = \(hospital) AND e.department_id = \(line) AND \(sql: isWaiting)) < \(most)
    RETURNING n.number, n.joined_at, n.expires_at
    """
  }

  /// In which line somebody waits.
  static func line(of entry: LineEntryID, in hospital: HospitalID) -> SQL {
    "SELECT department_id FROM line_entries WHERE hospital_id = \(hospital) AND id = \(entry)"
  }

  static func end(_ entry: LineEntryID, as state: LineStanding.State, in hospital: HospitalID) -> SQL {
    """
    UPDATE line_entries e SET state = \(state.rawValue), called_at = CASE WHEN \(state == .called) THEN ward.now() END,
      left_at = CASE WHEN \(state == .left) THEN ward.now() END
    WHERE e.hospital_id = \(hospital) AND e.id = \(entry) AND e.state = 'waiting'
    RETURNING \(sql: LineEntryKind.shape.sqlColumns)
    """
  }

  /// How the holder of a ticket stands now; no row for an entry that is not there any more.
  package static func standing(of ticket: LineTicket) -> SQL {
    """
    SELECT e.number, e.state, (SELECT count(*) FROM line_entries o
      WHERE o.hospital_id = e.hospital_id AND o.department_id = e.department_id AND o.state = 'waiting'
        AND o.expires_at > ward.now() AND (o.place, o.id) <= (e.place, e.id)) AS position
    FROM line_entries e
    WHERE e.hospital_id = \(ticket.hospital) AND e.department_id = \(ticket.line) AND e.id = \(ticket.entry)
    """
  }
}
