import Postgres

/// Voids everything that is kept of the hospital's answers, on all nodes and in Redis.
package struct ClearCache: WriteOperation {
  package static let contract = Contract(
    name: "cache.clear", route: .post("/cache-clearings"), summary: "Forget all kept answers of the hospital",
    message: "Nothing is kept any more.", access: .permission(.manageSystem), limit: .standard, mode: .write,
    audit: .row(action: "cache_cleared", category: .system), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Done {
    call.transaction.queue(CacheQueries.clear)
    return Done()
  }
}

extension Registry {
  /// One line for each operation of the cache.
  package mutating func registerCache(_ figures: CacheFigures) {
    register(ShowCache.self, with: figures)
    register(ClearCache.self)
  }
}
