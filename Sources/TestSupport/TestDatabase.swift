import FoundationEssentials
package import Postgres

/// A database of one test's own on the server that `WARD_TEST_DATABASE_URL` names.
package struct TestDatabase: Sendable {
  /// Of the owner, with all rights.
  package let url: String
  package let name: String

  /// The server's own URL, or a clear error when the variable is missing.
  package static func serverURL() throws -> String {
    guard let url = ProcessInfo.processInfo.environment["WARD_TEST_DATABASE_URL"], !url.isEmpty else {
      throw PostgresError.badConfiguration("WARD_TEST_DATABASE_URL is not set")
    }
    return url
  }

  /// Creates a fresh database, as a copy of `template` where one is named; `drop` removes it.
  package static func make(template: String? = nil) async throws -> TestDatabase {
    let server = try serverURL()
    let name = "ward_test_" + UUID().uuidString.lowercased().filter { $0 != "-" }
    var create: SQL = "CREATE DATABASE \(identifier: name)"
    if let template { create = create + " TEMPLATE \(identifier: template)" }
    try await administer(server, create)
    return TestDatabase(url: try PostgresURL.replacing(database: name, in: server), name: name)
  }

  /// Removes the database and whoever is still connected to it.
  package func drop() async throws {
    try await Self.administer(try Self.serverURL(), "DROP DATABASE IF EXISTS \(identifier: name) WITH (FORCE)")
  }

  /// Makes a database, runs the body and removes the database, whatever happens.
  package static func with<R>(template: String? = nil, _ body: (TestDatabase) async throws -> R) async throws -> R {
    let database = try await make(template: template)
    do {
      let value = try await body(database)
      try await database.drop()
      return value
    } catch {
      try await database.drop()
      throw error
    }
  }

  /// The same with an open pool on the database.
  package static func withPool<R>(
    template: String? = nil, observer: PostgresObserver = PostgresObserver(),
    configure: (inout PostgresConfiguration) -> Void = { _ in }, _ body: (PostgresPool) async throws -> R
  ) async throws -> R {
    try await with(template: template) { database in
      var configuration = PostgresConfiguration(url: database.url)
      configure(&configuration)
      let pool = PostgresPool(configuration, observer: observer)
      try await pool.start()
      do {
        let value = try await body(pool)
        await pool.close()
        return value
      } catch {
        await pool.close()
        throw error
      }
    }
  }

  private static func administer(_ server: String, _ statement: SQL) async throws {
    var configuration = PostgresConfiguration(url: server)
    configuration.minimum = 1
    configuration.maximum = 1
    configuration.statementTimeoutSeconds = 60
    configuration.preparesStatements = false
    let pool = PostgresPool(configuration)
    try await pool.start()
    do {
      _ = try await pool.run(statement)
      await pool.close()
    } catch {
      await pool.close()
      throw error
    }
  }
}
