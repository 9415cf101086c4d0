package import Core
package import Operations

/// Shows the one table of roles and permissions, and which roles the caller may give.
package struct ListRoles: ReadOperation {
  package static let contract = Contract(
    name: "roles.list", route: .get("/roles"), summary: "Show the table of roles", message: "The roles.",
    access: .person, limit: .standard, mode: .read, audit: .refusalsOnly(category: .security), cache: .never)

  package struct Output: Record {
    package struct Line: Record {
      package let role: NameText
      package let permissions: [NameText]
      /// Whether the caller may give it.
      package let isMineToGive: Bool
    }
    package let roles: [Line]
  }

  package func run(_ call: ReadCall) async throws -> Output {
    let mine = call.caller?.roles ?? []
    return Output(
      roles: Role.allCases.map { role in
        Output.Line(
          role: NameText(unchecked: role.rawValue),
          permissions: role.permissions.list.map { NameText(unchecked: $0.rawValue) },
          isMineToGive: role != .patient && mine.contains { $0.manages(role) })
      })
  }
}

extension Caller {
  /// The membership's role and those that were granted.
  var roles: [Role] { ([role].compactMap(\.self) + grantedRoles).compactMap(Role.init) }
}
