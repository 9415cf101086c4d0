import Core
import Operations
import Postgres

/// The statements of visits and their notes.
enum VisitQueries {
  static func find(_ id: AppointmentID, in hospital: HospitalID, locks: Bool) -> SQL {
    """
    SELECT a.id, a.patient_id, a.doctor_id, a.status FROM appointments a
    WHERE a.hospital_id = \(hospital) AND a.id = \(id)\(sql: locks ? " FOR UPDATE" : "")
    """
  }

  private static let columns: SQL =
    "n.id, n.appointment_id, n.patient_id, n.author_id, n.amends, n.content, n.created_at"

  static func insert(
    _ id: VisitNoteID, to visit: Visit, amending: VisitNoteID?, in hospital: HospitalID, by author: UserID,
    content: [UInt8]
  ) -> SQL {
    """
    INSERT INTO visit_notes AS n (hospital_id, id, appointment_id, patient_id, author_id, amends, content)
    VALUES (\(hospital), \(id), \(visit.id), \(visit.patient), \(author), \(amending), \(content))
    RETURNING \(sql: columns)
    """
  }

  /// A note of this visit that is no amendment itself.
  static func note(_ id: VisitNoteID, of visit: AppointmentID, in hospital: HospitalID) -> SQL {
    """
    SELECT n.author_id FROM visit_notes n
    WHERE n.hospital_id = \(hospital) AND n.id = \(id) AND n.appointment_id = \(visit) AND n.amends IS NULL
    """
  }

  /// One row more than the limit tells that there are more.
  static func list(
    of visit: AppointmentID, in hospital: HospitalID, after: VisitNoteID?, limit: Int, skip: Int
  ) -> SQL {
    """
    SELECT \(sql: columns) FROM visit_notes n WHERE n.hospital_id = \(hospital) AND n.appointment_id = \(visit)\
    \(sql: after.map { " AND n.id > \($0)" } ?? "")
    ORDER BY n.id LIMIT \(limit + 1) OFFSET \(skip)
    """
  }

  static func count(of visit: AppointmentID, in hospital: HospitalID) -> SQL {
    """
    SELECT count(*) AS total FROM visit_notes n WHERE n.hospital_id = \(hospital) AND n.appointment_id = \(visit)
    """
  }
}
