import Core
import Operations
import Postgres

/// Which alerts a list shows.
struct AlertFilter {
  var statuses: [StatusFilter] = [.active]
  var department: DepartmentID?
  /// The caller's own department, where he sees no other.
  var boundTo: DepartmentID?
  var urgency: Urgency?
  var type: AlertTypeCode?

  /// ` AND …` for the WHERE clause. One status is asked by equality, so that the index also gives the order.
  var conditions: SQL {
    var sql: SQL = ""
    if !statuses.contains(.all) {
      let words = Set(statuses.map(\.rawValue)).sorted()
      if let only = words.first, words.count == 1 {
        sql = sql + " AND a.status = \(only)"
      } else {
        sql = sql + " AND a.status = ANY (\(words))"
      }
    }
    if let department { sql = sql + " AND a.department_id = \(department)" }
    if let boundTo { sql = sql + " AND (a.department_id = \(boundTo) OR a.department_id IS NULL)" }
    if let urgency { sql = sql + " AND a.urgency = \(urgency.value)" }
    if let type { sql = sql + " AND a.alert_type = \(type.text)" }
    return sql
  }
}

/// Everything that is written when an alert is raised.
struct NewAlert {
  let id: AlertID
  let hospital: HospitalID
  let department: DepartmentID?
  let patient: PatientID?
  let room: String
  let type: String
  let title: String
  let description: String?
  let urgency: Urgency
  let ladder: Ladder
  let tier: Int
  let nextEscalationAt: Timestamp?
  let createdBy: UserID
  let createdByName: String
  let createdAt: Timestamp
  let expiresAt: Timestamp?
}

/// What an edit changes; nil leaves a field as it is.
struct AlertEdit {
  let room: String?
  let title: String?
  let description: String?
  let department: DepartmentID?
  let version: Int64
}
