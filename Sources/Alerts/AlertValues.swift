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
  /// Only of patients in whose care team this person is.
  var inCareOf: UserID?

  /// What a cursor of the list is bound to.
  var text: String {
    let words = Set(statuses.map(\.rawValue)).sorted().joined(separator: ",")
    return "\(words) \(department?.text ?? "") \(urgency?.value ?? 0) \(type?.text ?? "") \(inCareOf?.text ?? "")"
  }

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
    if let inCareOf { sql = sql + AlertQueries.inCare(of: inCareOf) }
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
  /// Who is asked for besides the ladder, and how often those who are missing are asked again.
  let quorum: Quorum?
  let quorumRepageSeconds: Int
  /// The open alert of the same room and type that was called shortly before.
  let repeatOf: AlertID?
}

extension NewAlert {
  /// The alert as `AlertKind` writes its row: known before it is stored, so that nothing has to be read back while the
  /// transaction is open. `test_documents.py` compares it with the stored row.
  var document: Document<AlertKind> {
    func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
    return Document(json: [
      "id": .string(id.text), "hospitalId": .string(hospital.text), "departmentId": text(department?.text),
      "roomNumber": .string(room), "alertType": .string(type), "title": .string(title),
      "description": text(description), "urgencyLevel": .integer(urgency.value),
      "priority": .string(urgency.priority.rawValue), "status": .string(AlertLife().status.rawValue),
      "escalationTier": .integer(Int64(tier)), "nextEscalationAt": text(nextEscalationAt?.rfc3339),
      "acknowledgedBy": .null, "acknowledgedByName": .null, "acknowledgedAt": .null, "resolvedBy": .null,
      "resolvedAt": .null, "resolution": .null, "createdBy": .string(createdBy.text),
      "createdByName": .string(createdByName), "createdAt": createdAt.json, "updatedAt": createdAt.json,
      "expiresAt": text(expiresAt?.rfc3339), "version": 1,
      "responseAction": .null, "estimatedArrivalAt": .null, "delegatedTo": .null, "delegatedToName": .null,
      "quorum": quorum?.quorumJSON ?? .null, "responders": [], "repeatCount": 0, "lastRepeatAt": .null,
      "repeatOf": text(repeatOf?.text),
    ])
  }
}

/// What an edit changes; nil leaves a field as it is.
struct AlertEdit {
  let room: String?
  let title: String?
  let description: String?
  let department: DepartmentID?
  let version: Int64
}
