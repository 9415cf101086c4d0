import Core

/// Takes a database's schema forward and back, one migration per transaction, under one advisory lock.
///
/// Of several that start at once, one applies what is pending while the others wait and then find nothing to do.
package struct Migrator: Sendable {
  /// "ward" in ASCII; every migrator of the same database takes this lock.
  static let lockKey = 0x7761_7264

  private let configuration: PostgresConfiguration
  private let migrations: [Migration]

  /// `url` is that of the owner of the schema.
  package init(url: String, migrations: [Migration]) {
    var configuration = PostgresConfiguration(url: url)
    configuration.statementTimeoutSeconds = 0
    configuration.idleInTransactionTimeoutSeconds = 0
    configuration.applicationName = "ward-migrate"
    configuration.preparesStatements = false
    self.configuration = configuration
    self.migrations = migrations.sorted { $0.version < $1.version }
  }

  /// Applies what is pending, up to and including `version` where one is given; returns what was applied.
  ///
  /// Throws `MigrationError`, or `PostgresError` when the database cannot be reached.
  @discardableResult
  package func up(to version: String? = nil) async throws -> [Migration] {
    if let version, !migrations.contains(where: { $0.version == version }) {
      throw MigrationError.unknownVersion(version)
    }
    return try await withLock { connection in
      let rows = try await check(connection, refusing: [.changed, .missing])
      var applied: [Migration] = []
      for migration in migrations where version.map({ migration.version <= $0 }) ?? true {
        guard rows.contains(where: { $0.version == migration.version && $0.state == .pending }) else { continue }
        try await step(migration, migration.up, on: connection) { seconds in
          """
          INSERT INTO ward.schema_migrations (version, name, checksum, duration_seconds)
          VALUES (\(migration.version), \(migration.name), \(migration.checksum), \(seconds))
          """
        }
        applied.append(migration)
      }
      return applied
    }
  }

  /// Takes the last `steps` applied migrations back, the latest first; returns them.
  @discardableResult
  package func down(steps: Int = 1) async throws -> [Migration] {
    try await withLock { connection in
      let rows = try await check(connection, refusing: [.changed, .missing])
      let versions = rows.filter { $0.state == .applied }.suffix(max(0, steps)).map(\.version)
      let last = migrations.filter { versions.contains($0.version) }.reversed()
      for migration in last {
        try await step(migration, migration.down, on: connection) { _ in
          "DELETE FROM ward.schema_migrations WHERE version = \(migration.version)"
        }
      }
      return Array(last)
    }
  }

  /// Every migration known to the program or to the database, in order of version. Changes nothing.
  package func status() async throws -> [MigrationStatus] {
    let connection = try await Connection.open(configuration, observer: PostgresObserver())
    do {
      let exists = try await connection.rows("SELECT to_regclass('ward.schema_migrations') IS NOT NULL AS found")
      let rows = try exists.first?.decode("found", as: Bool.self) == true ? await applied(connection) : []
      await connection.close()
      return rows.isEmpty ? compare(with: []) : rows
    } catch {
      await connection.close()
      throw error
    }
  }

  private func withLock<R>(_ body: (Connection) async throws -> R) async throws -> R {
    let connection = try await Connection.open(configuration, observer: PostgresObserver())
    do {
      _ = try await connection.rows("SELECT pg_advisory_lock(\(Self.lockKey))")
      try await createTable(connection)
      let value = try await body(connection)
      // Closing the session frees the lock.
      await connection.close()
      return value
    } catch {
      await connection.close()
      throw error
    }
  }

  private func createTable(_ connection: Connection) async throws {
    _ = try await connection.execute(
      """
      CREATE SCHEMA IF NOT EXISTS ward;
      CREATE TABLE IF NOT EXISTS ward.schema_migrations (
        version text PRIMARY KEY CHECK (version ~ '^[0-9]{14}$'),
        name text NOT NULL,
        checksum text NOT NULL,
        applied_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        duration_seconds double precision NOT NULL
      );
      """)
  }

  private func check(_ connection: Connection, refusing: [MigrationStatus.State]) async throws -> [MigrationStatus] {
    let rows = try await applied(connection)
    for state in refusing {
      let names = rows.filter { $0.state == state }.map { "\($0.version)-\($0.name)" }
      guard names.isEmpty else { throw state == .changed ? MigrationError.changed(names) : .missing(names) }
    }
    return rows
  }

  private func applied(_ connection: Connection) async throws -> [MigrationStatus] {
    let rows = try await connection.rows(
      "SELECT version, name, checksum, applied_at, duration_seconds FROM ward.schema_migrations ORDER BY version")
    return compare(
      with: try rows.map { row in
        MigrationStatus(
          version: try row["version"], name: try row["name"], state: .applied, checksum: try row["checksum"],
          appliedAt: try row["applied_at"], durationSeconds: try row["duration_seconds"])
      })
  }

  private func compare(with applied: [MigrationStatus]) -> [MigrationStatus] {
    var all = migrations.filter { migration in !applied.contains { $0.version == migration.version } }.map {
      MigrationStatus(version: $0.version, name: $0.name, state: .pending, checksum: $0.checksum)
    }
    for var row in applied {
      let known = migrations.first { $0.version == row.version }
      row.state = known.map { $0.checksum == row.checksum ? .applied : .changed } ?? .missing
      all.append(row)
    }
    return all.sorted { $0.version < $1.version }
  }

  /// One migration and its note in one transaction.
  private func step(
    _ migration: Migration, _ text: String, on connection: Connection, note: (Double) -> SQL
  ) async throws {
    do {
      let started = ContinuousClock.now
      _ = try await connection.execute("BEGIN")
      _ = try await connection.execute(text)
      let seconds = started.duration(to: .now).seconds
      // A text that ended the transaction itself would leave half a step behind unnoticed.
      guard await connection.isInTransaction else {
        throw PostgresError.protocolViolation("the text ends its own transaction")
      }
      _ = try await connection.rows(note(seconds))
      _ = try await connection.execute("COMMIT")
    } catch let error as PostgresError {
      _ = await connection.rollBack()
      throw MigrationError.failed(version: migration.version, name: migration.name, reason: error)
    }
  }
}
