package import Core
package import Operations
import Postgres

/// Takes an account at another provider away from the caller's; refused where it is his only way in.
package struct UnlinkAccount: WriteOperation {
  package let linkedAccountId: Identifier<AnyEntity>

  package static let contract = Contract(
    name: "auth.unlinkAccount", route: .delete("/linked-accounts/{linkedAccountId}"),
    summary: "Take an account at another provider away", message: "The account is no longer linked.", access: .person,
    limit: .standard, mode: .write, audit: .row(action: "account_unlinked", category: .security), cache: .never)

  package struct Output: Record {
    package let id: Identifier<AnyEntity>
  }

  package func run(_ call: inout WriteCall) async throws -> Output {
    let user = try call.person
    let rows = try await call.transaction.query(LinkedQueries.lock(of: user))
    guard let row = try rows.first(where: { try $0.decode("id") == linkedAccountId }) else {
      throw Failure.notFound("linked account")
    }
    guard try rows.count > 1 || row.decode("has_password", as: Bool.self) else {
      throw Failure(.conflict, "This account is your only way in. Set a password first.")
    }
    call.audit.resource("linked_account", linkedAccountId)
    call.transaction.queue(LinkedQueries.remove(linkedAccountId, of: user))
    return Output(id: linkedAccountId)
  }
}
