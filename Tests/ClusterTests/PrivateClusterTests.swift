#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import Testing

@testable import Cluster

@Suite(.serialized, .timeLimit(.minutes(5)))
struct PrivateClusterTests {
  @Test("a fresh folder gets a database whose roles are no superusers and whose folders are closed to others")
  func freshStart() async throws {
    try await ClusterFixture.run { fixture in
      let cluster = try await fixture.start()
      #expect(!cluster.foundRunning)

      let roles = """
        SELECT rolname, rolcanlogin, rolinherit, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication
          FROM pg_roles WHERE rolname LIKE 'ward%' ORDER BY 1
        """
      #expect(
        try await fixture.ask(cluster.ownerURL, roles) == """
          ward_engine|f|t|f|f|f|f|f
          ward_owner|t|t|f|f|f|f|f
          ward_serving|t|f|f|f|f|f|f
          """)
      #expect(try await fixture.ask(cluster.servingURL, "SET ROLE ward_engine; SELECT current_user") == "ward_engine")
      #expect(try await fixture.ask(cluster.ownerURL, "CREATE TABLE a (b int); SELECT current_database()") == "ward")
      await #expect(throws: ClusterError.self) {
        try await fixture.ask(cluster.servingURL, "CREATE TABLE public.c (d int)")
      }
      let settings = """
        SELECT current_setting('listen_addresses') || '|' || current_setting('data_checksums') || '|'
            || current_setting('server_encoding') || '|' || current_setting('jit') || '|'
            || current_setting('fsync') || '|' || current_setting('synchronous_commit')
        """
      #expect(try await fixture.ask(cluster.ownerURL, settings) == "|on|UTF8|off|on|on")

      #expect(try Files.entry(cluster.socketFolder)?.mode == 0o700)
      #expect(try Files.entry(cluster.clusterFolder)?.mode == 0o700)
      #expect(try Files.entry(Credentials.file(in: fixture.data))?.mode == 0o600)
      #expect(try Files.entry(fixture.data)?.mode == (geteuid() == 0 ? 0o711 : 0o700))
      try await cluster.stop()
      try await cluster.stop()
      #expect(try Postmaster.recorded(in: cluster.clusterFolder) == nil)
    }
  }

  @Test("a wrong or missing password opens nothing, and no value of a failed statement gets into the log")
  func closed() async throws {
    try await ClusterFixture.run { fixture in
      let cluster = try await fixture.start()
      let wrong = cluster.servingURL.replacing("ward_serving:", with: "ward_serving:x")
      await #expect(throws: ClusterError.self) { try await fixture.ask(wrong, "SELECT 1") }
      _ = try await fixture.ask(
        cluster.ownerURL, "CREATE TABLE a (name text UNIQUE); INSERT INTO a VALUES ('Alma Patient')")
      for statement in ["INSERT INTO a VALUES ('Alma Patient')", "SELECT 'Alma Patient'::uuid"] {
        await #expect(throws: ClusterError.self) { try await fixture.ask(cluster.ownerURL, statement) }
      }
      try await cluster.stop()
      let logs = Files.names(in: cluster.clusterFolder + "/log")
      #expect(!logs.isEmpty)
      for name in logs {
        let text = try #require(try Files.read("\(cluster.clusterFolder)/log/\(name)"))
        #expect(text.contains("password authentication failed"))
        #expect(!text.contains("Alma"))
      }
    }
  }

  @Test("a second start on the same folder is refused and names the process that holds it")
  func secondStart() async throws {
    try await ClusterFixture.run { fixture in
      let cluster = try await fixture.start()
      let error = await #expect(throws: ClusterError.self) { try await fixture.start() }
      #expect(error == .folderInUse(folder: fixture.data, pid: getpid()))
      #expect(error?.description.hasPrefix("Another Ward (pid \(getpid())) is using the data folder") == true)
      try await cluster.stop()
    }
  }

  @Test("a server left running by a killed Ward is found, and its data and addresses are the same")
  func foundRunning() async throws {
    try await ClusterFixture.run { fixture in
      let first = try await fixture.start()
      _ = try await fixture.ask(first.ownerURL, "CREATE TABLE kept AS SELECT 42 AS answer")
      first.abandon()
      let second = try await fixture.start()
      #expect(second.foundRunning)
      #expect(second.ownerURL == first.ownerURL)
      #expect(try await fixture.ask(second.ownerURL, "SELECT answer FROM kept") == "42")
      try await second.stop()
      let third = try await fixture.start()
      #expect(!third.foundRunning)
      #expect(try await fixture.ask(third.ownerURL, "SELECT answer FROM kept") == "42")
      try await third.stop()
    }
  }

  @Test("after its server was killed with SIGKILL a cluster recovers what was committed")
  func recovers() async throws {
    try await ClusterFixture.run { fixture in
      let first = try await fixture.start()
      _ = try await fixture.ask(first.ownerURL, "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n")
      let recorded = try #require(try Postmaster.recorded(in: first.clusterFolder))
      #expect(kill(recorded.pid, SIGKILL) == 0)
      first.abandon()
      var said: [String] = []
      let second = try await fixture.start { said.append($0) }
      #expect(!second.foundRunning)
      #expect(said == ["PostgreSQL was not stopped properly; it repairs itself now."])
      #expect(try await fixture.ask(second.ownerURL, "SELECT count(*) FROM kept") == "1000")
      try await second.stop()
    }
  }

  @Test("a postmaster.pid whose number now belongs to another program does not stand in the way")
  func reusedNumber() async throws {
    try await ClusterFixture.run { fixture in
      let first = try await fixture.start()
      let file = first.clusterFolder + "/postmaster.pid"
      let text = try #require(try Files.read(file))
      let user = try SystemUser.forPostgres()
      try await first.stop()
      // PostgreSQL only minds a process that its own user could signal: so the other program runs as that user.
      try await withProcess(user: user) { pid in
        let rest = text.drop { !$0.isNewline }
        for lock in [file, first.socketFolder + "/.s.PGSQL.5432.lock"] {
          try Files.write("\(pid)\(rest)", to: lock, mode: 0o600, owner: user)
        }
        let second = try await fixture.start()
        #expect(!second.foundRunning)
        #expect(kill(pid, 0) == 0)
        try await second.stop()
      }
    }
  }

  @Test("roles that were changed by hand are put right, and lost ones made again with the same password")
  func putsRight() async throws {
    try await ClusterFixture.run { fixture in
      let first = try await fixture.start()
      _ = try await fixture.ask(
        first.administratorURL,
        "ALTER ROLE ward_serving SUPERUSER BYPASSRLS INHERIT; REVOKE CONNECT ON DATABASE ward FROM ward_serving;"
          + "GRANT CREATE ON SCHEMA public TO PUBLIC; DROP ROLE ward_engine")
      try await first.stop()
      let second = try await fixture.start()
      #expect(second.servingURL == first.servingURL)
      let drifted = "SELECT rolsuper, rolbypassrls, rolinherit FROM pg_roles WHERE rolname = 'ward_serving'"
      #expect(try await fixture.ask(second.servingURL, drifted) == "f|f|f")
      #expect(try await fixture.ask(second.servingURL, "SET ROLE ward_engine; SELECT current_user") == "ward_engine")
      await #expect(throws: ClusterError.self) {
        try await fixture.ask(second.servingURL, "CREATE TABLE public.c (d int)")
      }
      try await second.stop()
    }
  }
}
