package import Operations

/// The rights as a page of the docs: roles × permissions, who gives which role, and what each operation asks for.
package struct RoleTable {
  private let operations: [RegisteredOperation]

  package init(_ registry: Registry) { operations = registry.operations }

  package var markdown: String {
    """
    # Roles

    Made by `make roles` from the one table in `Sources/Tenancy/Roles.swift`; a change there without a new page fails in CI.
    A role counts in one hospital. Further roles can be granted for a while, or as long as somebody works in a department.

    ## What each role may do

    \(permissions)

    ## Who gives which role

    \(reach)

    ## What each operation asks for

    `own` is what belongs to the caller himself; `public` is for everybody.

    \(asked)

    """
  }

  private var permissions: String {
    let roles = Role.allCases
    let head = "| permission | " + roles.map { "`\($0.rawValue)`" }.joined(separator: " | ") + " |"
    let rule = "|---|" + roles.map { _ in ":-:|" }.joined()
    let lines = Permission.allCases.map { permission in
      "| `\(permission.rawValue)` | "
        + roles.map { $0.permissions.contains(permission) ? "✓" : " " }.joined(separator: " | ") + " |"
    }
    return ([head, rule] + lines).joined(separator: "\n")
  }

  private var reach: String {
    let lines = Role.allCases.compactMap { role -> String? in
      let given = Role.allCases.filter { $0 != .patient && role.manages($0) }
      return given.isEmpty
        ? nil : "- `\(role.rawValue)`: " + given.map { "`\($0.rawValue)`" }.joined(separator: ", ")
    }
    return lines.joined(separator: "\n")
  }

  private var asked: String {
    let lines = operations.map(\.contract).sorted { $0.name < $1.name }.map { contract in
      "| `\(contract.name)` | `\(contract.route.method.rawValue) \(contract.route.template)` | \(contract.resource)"
        + " | \(contract.action) |"
    }
    return (["| operation | route | resource | action |", "|---|---|---|---|"] + lines).joined(separator: "\n")
  }
}
