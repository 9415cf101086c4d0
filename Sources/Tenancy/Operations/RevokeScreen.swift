package import Core
package import Operations
import Postgres

/// Takes a ward screen's credential away, everywhere within a second.
package struct RevokeScreen: WriteOperation {
  package let screenId: ScreenID

  package static let contract = Contract(
    name: "screens.revoke", route: .post("/screens/{screenId}/revocation"), summary: "Revoke a ward screen",
    message: "The screen is revoked.", access: .permission(.manageScreens), limit: .standard, mode: .write,
    audit: .row(action: "screen_revoked", category: .security), cache: .never)

  package struct Output: Record {
    package let id: ScreenID
    package let revokedAt: Timestamp
  }

  package func run(_ call: inout WriteCall) async throws -> Output {
    let rows = try await call.transaction.query(
      TenancyQueries.revokeScreen(screenId, in: try call.hospital.id))
    guard let row = rows.first else { throw Failure.notFound("screen") }
    call.audit.resource("screen", screenId)
    return Output(id: screenId, revokedAt: try row.decode("revoked_at"))
  }
}
