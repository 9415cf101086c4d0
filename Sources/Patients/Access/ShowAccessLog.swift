package import Core
package import Operations
package import Postgres

/// One look at a record or change of it.
package enum AccessKind: Shaped {
  package static let shape = RowShape([
    .init("id", "a.id", .uuid), .init("occurredAt", "a.occurred_at", .timestamp), .init("action", "a.action", .string),
    .init("actorKind", "a.actor_kind", .string), .init("actorId", "a.actor_id", .uuid, nullable: true),
    .init("actorName", "u.name", .string, nullable: true), .init("actorRole", "a.actor_role", .string, nullable: true),
    .init("requestId", "a.request_id", .string, nullable: true),
  ])
}

/// Lists who saw or changed a patient's record, the last first; for those who watch over it.
package struct ShowAccessLog: ReadOperation {
  package let patientId: PatientID
  package let paging: Paging<AccessKind>

  package static let contract = Contract(
    name: "patient.getAccessLog", route: .get("/patients/{patientId}/access-log"),
    summary: "List who saw a patient's record", message: "Who saw the record.", access: .permission(.viewAuditLogs),
    limit: .standard, mode: .read, audit: .refusalsOnly(category: .patient), cache: .never)

  private enum Key: String, CodingKey { case patientId }

  package init(from decoder: any Decoder) throws {
    patientId = try decoder.container(keyedBy: Key.self).decode(PatientID.self, forKey: .patientId)
    paging = try Paging(from: decoder)
  }

  package func run(_ call: ReadCall) async throws -> Documents<AccessKind> {
    let hospital = try call.hospital.id
    _ = try await call.row(AccessQueries.exists(patientId, in: hospital), else: "patient")
    return try await call.documents(
      AccessQueries.log(of: patientId, in: hospital), paging, named: "accesses \(patientId.text)")
  }
}

/// Lists who saw or changed the caller's own record: what a patient may always know.
package struct ShowOwnAccessLog: ReadOperation {
  package let paging: Paging<AccessKind>

  package static let contract = Contract(
    name: "patient.getMyAccessLog", route: .get("/my-record/access-log"), summary: "List who saw one's own record",
    message: "Who saw your record.", access: .person, limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .patient), cache: .never)

  package init(from decoder: any Decoder) throws { paging = try Paging(from: decoder) }

  package func run(_ call: ReadCall) async throws -> Documents<AccessKind> {
    let hospital = try call.hospital.id
    let rows = try await call.rows(AccessQueries.own(try call.person, in: hospital))
    guard let row = rows.first else { throw RecordScope.noneOfOnesOwn }
    let patient: PatientID = try row.decode("id")
    return try await call.documents(
      AccessQueries.log(of: patient, in: hospital), paging, named: "own accesses \(patient.text)")
  }
}
