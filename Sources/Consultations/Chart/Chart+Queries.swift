import Core
import Operations
import Postgres

/// The statements of charts.
enum ChartQueries {
  private static let columns: SQL =
    "c.id, c.patient_id, c.content, c.created_by, c.created_at, c.updated_at, c.version"

  static func insert(
    _ id: ChartItemID, _ kind: String, of patient: PatientID, in hospital: HospitalID, by author: UserID,
    content: [UInt8]
  ) -> SQL {
    """
    INSERT INTO chart_items AS c (hospital_id, id, patient_id, kind, content, created_by, updated_by)
    VALUES (\(hospital), \(id), \(patient), \(kind), \(content), \(author), \(author))
    RETURNING \(sql: columns)
    """
  }

  static func find(
    _ id: ChartItemID, of patient: PatientID, _ kind: String, in hospital: HospitalID, locks: Bool
  ) -> SQL {
    """
    SELECT \(sql: columns) FROM chart_items c WHERE c.hospital_id = \(hospital) AND c.id = \(id)
      AND c.patient_id = \(patient) AND c.kind = \(kind) AND c.removed_at IS NULL\(sql: locks ? " FOR UPDATE" : "")
    """
  }

  /// One row more than the limit tells that there are more.
  static func list(
    of patient: PatientID, _ kind: String, in hospital: HospitalID, after: ChartItemID?, limit: Int, skip: Int
  ) -> SQL {
    """
    SELECT \(sql: columns) FROM chart_items c
    WHERE c.hospital_id = \(hospital) AND c.patient_id = \(patient) AND c.kind = \(kind) AND c.removed_at IS NULL\
    \(sql: after.map { " AND c.id < \($0)" } ?? "")
    ORDER BY c.id DESC LIMIT \(limit + 1) OFFSET \(skip)
    """
  }

  static func count(of patient: PatientID, _ kind: String, in hospital: HospitalID) -> SQL {
    """
    SELECT count(*) AS total FROM chart_items c
    WHERE c.hospital_id = \(hospital) AND c.patient_id = \(patient) AND c.kind = \(kind) AND c.removed_at IS NULL
    """
  }

  static func update(_ id: ChartItemID, in hospital: HospitalID, by author: UserID, content: [UInt8]) -> SQL {
    """
    UPDATE chart_items c SET content = \(content), updated_by = \(author), version = c.version + 1
    WHERE c.hospital_id = \(hospital) AND c.id = \(id) RETURNING \(sql: columns)
    """
  }

  static func remove(_ id: ChartItemID, in hospital: HospitalID, by author: UserID) -> SQL {
    """
    UPDATE chart_items c SET removed_at = ward.now(), updated_by = \(author), version = c.version + 1
    WHERE c.hospital_id = \(hospital) AND c.id = \(id) RETURNING \(sql: columns)
    """
  }
}
