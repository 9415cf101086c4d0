import Core
package import Operations

/// TypeScript types of the registry, in one text without imports: every procedure by router, every REST route, and the
/// shape of a client that calls the procedures. Good for tsc 4.8 and later.
package struct TypeScript {
  package let text: String

  package init(_ registry: Registry) {
    let types = TypeScriptTypes(registry)
    text = [
      TypeScriptTexts.head, types.interfaces, Self.procedures(registry, types), Self.routes(registry, types),
      TypeScriptTexts.client,
    ].joined(separator: "\n")
  }

  /// One procedure: where it stands and what it is.
  private struct Entry {
    let router: Substring
    let procedure: Substring
    let summary: String
    let type: String

    init(_ name: String, _ summary: String, _ type: String) {
      let parts = name.split(separator: ".", maxSplits: 1)
      router = parts[0]
      procedure = parts.count > 1 ? parts[1] : ""
      self.summary = summary
      self.type = type
    }
  }

  private static func procedures(_ registry: Registry, _ types: TypeScriptTypes) -> String {
    var entries: [Entry] = []
    for operation in registry.operations {
      let contract = operation.contract
      let kind = contract.isPosted ? "mutation" : "query"
      add(contract, kind, types.input(operation.input), types.output(operation), to: &entries)
    }
    for subscription in registry.subscriptions {
      let output = "{ id: string; data: \(types.type(of: subscription.output)) }"
      add(subscription.contract, "subscription", types.input(subscription.input), output, to: &entries)
    }
    let routers = Dictionary(grouping: entries, by: \.router).sorted { $0.key < $1.key }
    let lines = routers.flatMap { router, entries in
      ["  \(router): {"]
        + entries.sorted { $0.procedure < $1.procedure }.map {
          "    /** \($0.summary). */\n    \($0.procedure): \($0.type);"
        }
        + ["  };"]
    }
    return """
      /** Every procedure of `/api/trpc/<router>.<procedure>`. */
      export interface WardProcedures {
      \(lines.joined(separator: "\n"))
      }

      """
  }

  private static func add(
    _ contract: Contract, _ kind: String, _ input: String, _ output: String, to entries: inout [Entry]
  ) {
    let main = Entry(
      contract.name, contract.summary, "{ type: \"\(kind)\"; input: \(input); output: \(output) }")
    entries.append(main)
    for alias in contract.aliases {
      let other = "WardProcedures[\"\(main.router)\"][\"\(main.procedure)\"]"
      entries.append(Entry(alias, "The same as `\(contract.name)`", other))
    }
  }

  private static func routes(_ registry: Registry, _ types: TypeScriptTypes) -> String {
    let lines = registry.operations.map { operation in
      let route = operation.contract.route
      let inPath = Set(route.parameters)
      let isQuery = route.method == .get
      let path = operation.input.properties.filter { inPath.contains($0.name) }
      let rest = operation.input.properties.filter { !inPath.contains($0.name) }
      let page = operation.isPaged ? "; page: PageInfo" : ""
      return """
          /** \(operation.contract.summary). */
          "\(route.method.rawValue) /api/v1\(route.template)": {
            path: \(types.object(path));
            query: \(types.object(isQuery ? rest : []));
            body: \(isQuery ? "undefined" : types.object(rest));
            answer: { data: \(types.item(operation)); message: string\(page) };
          };
        """
    }
    return """
      /** Every REST route; path, query and body as they are sent, and what a success answers. */
      export interface WardRoutes {
      \(lines.joined(separator: "\n"))
      }

      """
  }
}
