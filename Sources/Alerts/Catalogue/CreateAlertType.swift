import Core
package import Operations
import Postgres

/// Adds a type to the hospital's catalogue; its code never changes and is never given twice.
package struct CreateAlertType: WriteOperation {
  package let code: AlertTypeCode
  package let title: AlertTitle
  package let `class`: AlertClass
  package let defaultUrgency: Urgency
  package let requiresConfirmation: Bool?
  package let position: Position?
  package let mergeWindowSeconds: MergeWindow?
  package let quorum: QuorumPlan?
  package let quorumRepageSeconds: RepageInterval?

  package static let contract = Contract(
    name: "alerts.createType", route: .post("/alert-types", status: 201), summary: "Add an alert type",
    message: "Alert type created.", access: .permission(.manageAlertTypes), limit: .standard, mode: .write,
    audit: .row(action: "alert_type_created", category: .alert), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<AlertTypeKind> {
    let rows = try await call.transaction.query(CatalogueQueries.insert(self, in: try call.hospital.id))
    guard let row = rows.first else {
      throw Failure(
        .conflict, "There is a type with this code already; a deactivated one can be activated again.",
        details: ["field": "code"])
    }
    call.audit.details = ["code": .string(code.text)]
    return try Document(row)
  }
}
