package import Core
package import Operations
import Postgres

/// Lists the caller's keys in this hospital, the newest first, also those that are over.
package struct ListKeys: ReadOperation {
  package let paging: Paging<ApiKeyKind>

  package static let contract = Contract(
    name: "apiKeys.list", route: .get("/api-keys"), summary: "List my keys for programs", message: "Your keys.",
    access: .person, limit: .standard, mode: .read, audit: .refusalsOnly(category: .security), cache: .never)

  package init(from decoder: any Decoder) throws { paging = try Paging(from: decoder) }

  package func run(_ call: ReadCall) async throws -> Documents<ApiKeyKind> {
    try await call.documents(KeyQueries.list(of: try call.person, in: try call.hospital.id), paging, named: "api keys")
  }
}

/// Takes one of the caller's keys back; it is refused everywhere within a second.
package struct RevokeKey: WriteOperation {
  package let keyId: Identifier<AnyEntity>

  package static let contract = Contract(
    name: "apiKeys.revoke", route: .delete("/api-keys/{keyId}"), summary: "Take a key back",
    message: "The key is refused from now on.", access: .person, limit: .standard, mode: .write,
    audit: .row(action: "api_key_revoked", category: .security), cache: .never)

  package struct Output: Record {
    package let id: Identifier<AnyEntity>
    package let revokedAt: Timestamp
  }

  package func run(_ call: inout WriteCall) async throws -> Output {
    let rows = try await call.transaction.query(
      KeyQueries.revoke(keyId, of: try call.person, in: try call.hospital.id))
    guard let row = rows.first else { throw Failure.notFound("key") }
    call.audit.resource("api_key", keyId)
    return Output(id: keyId, revokedAt: try row.decode("revoked_at"))
  }
}
