package import Core
package import Operations
import Postgres

/// Lists the roles that a person of the hospital was granted and that count, beside his membership's.
package struct ListGrants: ReadOperation {
  package let userId: UserID
  package let paging: Paging<RoleGrantKind>

  package static let contract = Contract(
    name: "users.getRoles", route: .get("/users/{userId}/roles"), summary: "List a person's granted roles",
    message: "The granted roles.", access: .permission(.manageRoles), limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .security), cache: .never)

  private enum Key: String, CodingKey { case userId }

  package init(from decoder: any Decoder) throws {
    paging = try Paging(from: decoder)
    userId = try decoder.container(keyedBy: Key.self).decode(UserID.self, forKey: .userId)
  }

  package func run(_ call: ReadCall) async throws -> Documents<RoleGrantKind> {
    let hospital = try call.hospital.id
    _ = try await call.row(UserQueries.find(userId, UserKind.shape, in: hospital), else: "person")
    return try await call.documents(
      RightsQueries.grants(of: userId, in: hospital), paging, named: "grants \(userId.text)")
  }
}
