import FoundationEssentials
import TestSupport
import Testing

@testable import Postgres

@Suite(.timeLimit(.minutes(1))) struct MigrationTests {
  private func migration(_ number: Int, _ name: String, up: String, down: String) throws -> Migration {
    try Migration(
      version: "2026112109300\(number)", name: name, up: "-- Made for this test.\n" + up, down: down)
  }

  private func three() throws -> [Migration] {
    [
      try migration(
        1, "schema", up: "CREATE TABLE ward.a (n int PRIMARY KEY); CREATE TABLE ward.b (n int REFERENCES ward.a);",
        down: "DROP TABLE ward.b; DROP TABLE ward.a;"),
      try migration(
        2, "audit", up: "CREATE TABLE ward.c (word text); CREATE INDEX c_word ON ward.c (word);",
        down: "DROP TABLE ward.c"),
      try migration(
        3, "alerts",
        up:
          "CREATE FUNCTION ward.f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$; ALTER TABLE ward.c ADD d int;",
        down: "DROP FUNCTION ward.f; ALTER TABLE ward.c DROP d;"),
    ]
  }

  /// What the schema consists of, to compare two states.
  private func shape(_ database: TestDatabase) async throws -> [String] {
    let pool = PostgresPool(PostgresConfiguration(url: database.url))
    try await pool.start()
    let rows = try await pool.run(
      """
      SELECT table_name || '.' || column_name || ' ' || data_type AS line FROM information_schema.columns
      WHERE table_schema = 'ward'
      UNION ALL SELECT 'function ' || proname FROM pg_proc WHERE pronamespace = 'ward'::regnamespace
      UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'ward'
      UNION ALL SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'ward'::regnamespace
      ORDER BY line
      """)
    await pool.close()
    return try rows.map { try $0["line"] }
  }

  @Test("265: up, down and up again end at the same schema")
  func upDownUp() async throws {
    try await TestDatabase.with { database in
      let migrator = Migrator(url: database.url, migrations: try three())
      #expect(try await migrator.up().map(\.name) == ["schema", "audit", "alerts"])
      let first = try await shape(database)
      #expect(first.contains("c.d integer"))
      #expect(try await migrator.down(steps: 2).map(\.name) == ["alerts", "audit"])
      #expect(try await !shape(database).contains("c.d integer"))
      #expect(try await migrator.down(steps: 9).map(\.name) == ["schema"])
      #expect(try await migrator.down().isEmpty)
      #expect(try await migrator.up().count == 3)
      #expect(try await shape(database) == first)
      #expect(try await migrator.up().isEmpty)
    }
  }

  @Test("265: up goes as far as asked")
  func upTo() async throws {
    try await TestDatabase.with { database in
      let migrator = Migrator(url: database.url, migrations: try three())
      #expect(try await migrator.up(to: "20261121093002").map(\.name) == ["schema", "audit"])
      await #expect(throws: MigrationError.unknownVersion("20261121093009")) {
        try await migrator.up(to: "20261121093009")
      }
    }
  }

  @Test("266: the status lists what is applied, pending, changed and missing, with checksums")
  func status() async throws {
    try await TestDatabase.with { database in
      var migrations = try three()
      let migrator = Migrator(url: database.url, migrations: migrations)
      #expect(try await migrator.status().map(\.state) == [.pending, .pending, .pending])
      try await migrator.up(to: "20261121093002")
      let rows = try await migrator.status()
      #expect(rows.map(\.state) == [.applied, .applied, .pending])
      #expect(rows.map(\.checksum) == migrations.map(\.checksum))
      #expect(rows.allSatisfy { $0.checksum.utf8.count == 64 })
      #expect(rows[0].appliedAt != nil && rows[0].durationSeconds != nil && rows[2].appliedAt == nil)
      migrations[0] = try migration(1, "schema", up: "SELECT 1", down: "SELECT 1")
      migrations.remove(at: 1)
      let others = try await Migrator(url: database.url, migrations: migrations).status()
      #expect(others.map(\.state) == [.changed, .missing, .pending])
    }
  }

  @Test("266: a changed or missing text of an applied migration is refused by name")
  func changed() async throws {
    try await TestDatabase.with { database in
      var migrations = try three()
      try await Migrator(url: database.url, migrations: migrations).up(to: "20261121093002")
      let original = migrations[1]
      migrations[1] = try migration(2, "audit", up: "SELECT 2", down: "SELECT 2")
      let changed = Migrator(url: database.url, migrations: migrations)
      await #expect(throws: MigrationError.changed(["20261121093002-audit"])) { try await changed.up() }
      await #expect(throws: MigrationError.changed(["20261121093002-audit"])) { try await changed.down() }
      let missing = Migrator(url: database.url, migrations: [migrations[0], migrations[2]])
      await #expect(throws: MigrationError.missing(["20261121093002-audit"])) { try await missing.up() }
      migrations[1] = original
      #expect(try await Migrator(url: database.url, migrations: migrations).up().count == 1)
    }
  }

  @Test("267: of many that start at once each pending migration is applied by one")
  func manyStarters() async throws {
    try await TestDatabase.with { database in
      let migrations = try three()
      let applied = try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<6 {
          group.addTask { try await Migrator(url: database.url, migrations: migrations).up().count }
        }
        return try await group.reduce(0, +)
      }
      #expect(applied == 3)
      let states = try await Migrator(url: database.url, migrations: migrations).status().map(\.state)
      #expect(states == [.applied, .applied, .applied])
    }
  }

  @Test("a migration that fails leaves nothing of itself, and those before it stay")
  func failing() async throws {
    try await TestDatabase.with { database in
      var migrations = try three()
      migrations[1] = try migration(2, "audit", up: "CREATE TABLE ward.half (n int); SELECT 1/0;", down: "SELECT 1")
      await #expect {
        try await Migrator(url: database.url, migrations: migrations).up()
      } throws: {
        guard case .failed("20261121093002", "audit", let reason) = $0 as? MigrationError else { return false }
        return reason.sqlState == "22012"
      }
      #expect(try await !shape(database).contains("half.n integer"))
      #expect(try await Migrator(url: database.url, migrations: migrations).status()[0].state == .applied)
      migrations[1] = try migration(2, "audit", up: "COMMIT; SELECT 1;", down: "SELECT 1")
      await #expect { try await Migrator(url: database.url, migrations: migrations).up() } throws: {
        "\($0)".contains("ends its own transaction")
      }
      #expect(try await Migrator(url: database.url, migrations: migrations).status()[1].state == .pending)
    }
  }

  @Test("files come in pairs, in order, each with its reason")
  func files() throws {
    let good = [
      "20261121093001-b.up.sql": "\n-- Why it is there.\nSELECT 1;", "20261121093001-b.down.sql": "SELECT 1;",
      "20261121093000-a.up.sql": "  -- Before b.\n", "20261121093000-a.down.sql": "",
    ]
    #expect(try Migration.load(good).map(\.name) == ["a", "b"])
    func refuses(_ name: String, _ text: String?, _ words: String) {
      var files = good
      files[name] = text
      #expect { try Migration.load(files) } throws: { "\($0)".contains(words) }
    }
    refuses("20261121093001-b.up.sql", "SELECT 1; -- late", "begin with a comment that says why")
    refuses("20261121093001-b.up.sql", "--\nSELECT 1", "begin with a comment")
    refuses("20261121093001-b.up.sql", "", "begin with a comment")
    refuses("20261121093001-b.up.sql", nil, "has no .up.sql")
    refuses("20261121093001-b.down.sql", nil, "has no .down.sql")
    refuses("loose.sql", "SELECT 1", "has no .up.sql")
    #expect(throws: PostgresError.self) { try Migration.load(["1-x.up.sql": "-- Why.", "1-x.down.sql": ""]) }
    #expect {
      try Migration.load(
        good.merging([
          "20261121093001-c.up.sql": "-- Why.", "20261121093001-c.down.sql": "",
        ]) { $1 })
    } throws: { "\($0)".contains("same version") }
    #expect(throws: PostgresError.self) { try Migration.load(folder: "/nonexistent") }
  }

  @Test("a folder of files is read")
  func folder() throws {
    let folder = "/tmp/ward-migrations-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for (name, text) in ["x.up.sql": "-- Why.\nSELECT 1;", "x.down.sql": "SELECT 1;"] {
      try Data(text.utf8).write(to: URL(filePath: "\(folder)/20261121093000-\(name)"))
    }
    try Data().write(to: URL(filePath: "\(folder)/README.md"))
    #expect(try Migration.load(folder: folder).map(\.version) == ["20261121093000"])
  }
}
