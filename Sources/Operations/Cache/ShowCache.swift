package import Core
package import Postgres

/// Shows what this node keeps, how often it helped, and how it gets on with Redis.
package struct ShowCache: ServedOperation {
  package static let contract = Contract(
    name: "system.getCache", route: .get("/cache"), summary: "Show what this node keeps and how often that helped",
    message: "The cache.", access: .permission(.viewSystem), limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .system), cache: .never)

  package func run(_ call: ReadCall, _ figures: CacheFigures) async throws -> Document<CacheFiguresKind> {
    let values = figures.read()
    return Document(
      json: .object(CacheFiguresKind.shape.columns.map { .init($0.name, values[$0.name] ?? .null) }))
  }
}

/// The numbers by their names, from whoever put the cache together.
package struct CacheFigures: Sendable {
  let read: @Sendable () -> [String: JSONValue]

  package init(_ read: @escaping @Sendable () -> [String: JSONValue]) { self.read = read }
}

package enum CacheFiguresKind: Shaped {
  package static let shape = RowShape([
    .init("memoryHits", "NULL", .integer), .init("redisHits", "NULL", .integer), .init("misses", "NULL", .integer),
    .init("hitRatio", "NULL", .double), .init("values", "NULL", .integer), .init("bytes", "NULL", .integer),
    .init("maximumBytes", "NULL", .integer), .init("evicted", "NULL", .integer),
    // Null where there is no Redis.
    .init("breaker", "NULL", .string, nullable: true), .init("redisConnections", "NULL", .integer, nullable: true),
    .init("redisMaximum", "NULL", .integer, nullable: true), .init("redisOpened", "NULL", .integer, nullable: true),
    .init("redisFailures", "NULL", .integer, nullable: true),
  ])
}
