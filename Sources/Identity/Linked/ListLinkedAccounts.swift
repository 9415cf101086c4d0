package import Operations
package import Postgres

/// An account at another provider with which its person signs in here.
package enum LinkedAccountKind: Shaped {
  package static let shape = RowShape([
    .init("id", "a.id", .uuid), .init("provider", "a.provider", .string),
    .init("createdAt", "a.created_at", .timestamp),
    .init("lastUsedAt", "a.last_used_at", .timestamp),
  ])
}

/// Lists the caller's accounts at other providers, the one used last first.
package struct ListLinkedAccounts: ReadOperation {
  package let paging: Paging<LinkedAccountKind>

  package static let contract = Contract(
    name: "auth.listLinkedAccounts", route: .get("/linked-accounts"), summary: "List my accounts at other providers",
    message: "Your linked accounts.", access: .person, limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .security), cache: .never)

  package init(from decoder: any Decoder) throws { paging = try Paging(from: decoder) }

  package func run(_ call: ReadCall) async throws -> Documents<LinkedAccountKind> {
    try await call.documents(LinkedQueries.list(of: try call.person), paging, named: "linked accounts")
  }
}
