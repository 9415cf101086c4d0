import Core
package import Operations
import Postgres

/// Changes a type of the catalogue; alerts that were raised before keep what they have.
package struct UpdateAlertType: WriteOperation {
  package let code: AlertTypeCode
  package let version: Version
  package let title: AlertTitle?
  package let `class`: AlertClass?
  package let defaultUrgency: Urgency?
  package let requiresConfirmation: Bool?
  package let isActive: Bool?
  package let position: Position?
  package let mergeWindowSeconds: MergeWindow?
  package let quorum: QuorumPlan?
  package let quorumRepageSeconds: RepageInterval?

  package static let contract = Contract(
    name: "alerts.updateType", route: .patch("/alert-types/{code}"), summary: "Change an alert type",
    message: "Alert type updated.", access: .permission(.manageAlertTypes), limit: .standard, mode: .write,
    audit: .row(action: "alert_type_updated", category: .alert), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<AlertTypeKind> {
    let hospital = try call.hospital.id
    let rows = try await call.transaction.query(CatalogueQueries.update(self, in: hospital))
    guard let row = rows.first else {
      let found = try await call.transaction.query(CatalogueQueries.find(code, in: hospital))
      throw try Failure.stale(found.first, "alert type")
    }
    call.audit.details = ["code": .string(code.text)]
    return try Document(row)
  }
}

extension Failure {
  /// Why a versioned edit changed nothing: there is no such thing, or somebody changed it in between.
  static func stale(_ row: Row?, _ thing: String) throws -> Failure {
    guard let row else { return .notFound(thing) }
    return Failure(
      .conflict, "Somebody changed the \(thing) meanwhile. Read it again.",
      details: ["version": .integer(try row.decode("version", as: Int64.self))])
  }
}
