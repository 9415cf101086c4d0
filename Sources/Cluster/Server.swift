#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One PostgreSQL server in its place: made, started, set up, stopped through PostgreSQL's own tools.
struct Server: Sendable {
  /// Crash recovery replays at most `max_wal_size` and a little; ten minutes is far beyond it.
  private static let startTimeoutSeconds = 600
  private static let stopTimeoutSeconds = 60
  /// What a killed server leaves behind ends by itself, once it notices; after this it is told to.
  private static let orphanGrace: Duration = .seconds(5)
  private static let poll: Duration = .milliseconds(20)

  let place: Place
  let installation: Installation
  /// Where the server listens: its own place's folder, or where a running one says that it does.
  private(set) var socketFolder: String
  private(set) var port = ServerSettings.port

  init(place: Place, installation: Installation) {
    self.place = place
    self.installation = installation
    socketFolder = place.sockets
  }

  /// Makes the cluster beside its place and moves it there when complete, so that half a cluster is never used.
  func initialise(password: String) async throws {
    let draft = place.cluster + ".new"
    let secret = place.cluster + ".password"
    try await Program(path: "/bin/rm", arguments: ["-rf", draft, secret]).succeed()
    try Files.makeFolder(draft, mode: 0o700, owner: place.user)
    defer { unlink(secret) }
    try Files.write(password + "\n", to: secret, mode: 0o600, owner: place.user)
    try await installation.program(
      "initdb",
      [
        "--pgdata=\(draft)", "--username=\(Credentials.superuser)", "--pwfile=\(secret)", "--encoding=UTF8",
        "--locale=C.UTF-8", "--auth-local=scram-sha-256", "--auth-host=scram-sha-256", "--data-checksums",
        "--no-instructions",
      ], user: place.user
    ).succeed()
    try Files.move(draft, to: place.cluster)
  }

  /// Brings the server up and waits until it takes connections; true when it was running already.
  mutating func start(say: (String) -> Void) async throws -> Bool {
    let deadline = ContinuousClock.now + .seconds(Self.startTimeoutSeconds)
    while let recorded = try Postmaster.recorded(in: place.cluster), recorded.isRunning(in: place.cluster) {
      if recorded.status == .ready {
        socketFolder = recorded.socketFolder
        port = recorded.port
        return true
      }
      guard ContinuousClock.now < deadline else {
        throw ClusterError.stuck(folder: place.cluster, state: recorded.status.rawValue)
      }
      try await Task.sleep(for: Self.poll)
    }
    try await clearRemains(say: say)
    try ServerSettings.write(cluster: place.cluster, socketFolder: place.sockets, user: place.user)
    let log = place.cluster + "/start.log"
    unlink(log)
    let control = control(["start", "--wait", "--silent", "--timeout=\(Self.startTimeoutSeconds)", "--log=\(log)"])
    let outcome = try await control.run()
    guard outcome.succeeded else {
      throw ClusterError.programFailed(program: "Starting PostgreSQL in \(place.cluster)", output: try lastWords(log))
    }
    return false
  }

  /// Makes roles and database where they are missing.
  func setUpRoles(_ credentials: Credentials, credentialsFile: String) async throws {
    var psql = installation.program(
      "psql", ["-X", "-q", "-A", "-t", "-h", socketFolder, "-p", String(port), "-U", Credentials.superuser, "postgres"])
    psql.environment = ["PGPASSFILE": credentialsFile, "PGCONNECT_TIMEOUT": "10"]
    try await psql.succeed(input: Roles.script(credentials))
  }

  /// Disconnects everybody, writes a checkpoint and waits for the end; a server that is not running is no error.
  func stop() async throws {
    guard let recorded = try Postmaster.recorded(in: place.cluster), recorded.isRunning(in: place.cluster) else {
      return
    }
    try await control(
      ["stop", "--mode=fast", "--wait", "--silent", "--timeout=\(Self.stopTimeoutSeconds)"]
    ).succeed()
  }

  func url(role: String, database: String, _ credentials: Credentials) -> String {
    // The folder's characters are checked (Place), and a slash may stand in a query.
    "postgresql://\(role):\(credentials.password(of: role))@/\(database)?host=\(socketFolder)&port=\(port)"
  }

  /// The end of what the server wrote, to its first output and then to its own log (which holds no values).
  private func lastWords(_ firstOutput: String) throws -> String {
    let folder = place.cluster + "/log"
    var lines = try Files.read(firstOutput)?.split(whereSeparator: \.isNewline).suffix(6) ?? []
    for name in Files.names(in: folder) {
      lines += try Files.read("\(folder)/\(name)")?.split(whereSeparator: \.isNewline).suffix(6) ?? []
    }
    return lines.joined(separator: "\n") + "\n(more in \(folder))"
  }

  private func control(_ arguments: [String]) -> Program {
    installation.program("pg_ctl", arguments + ["--pgdata=\(place.cluster)"], user: place.user)
  }

  /// Waits for processes that a killed server left, and takes away lock files that point at another program.
  ///
  /// PostgreSQL ignores the locks of a dead process, but not those of one whose number now belongs to somebody else,
  /// nor of one that nobody has reaped (pid 1 of many a container reaps nothing).
  private func clearRemains(say: (String) -> Void) async throws {
    let recorded = try Postmaster.recorded(in: place.cluster)
    if recorded != nil { say("PostgreSQL was not stopped properly; it repairs itself now.") }
    let began = ContinuousClock.now
    var told = false
    while case let orphans = Postmaster.processes(in: place.cluster), !orphans.isEmpty {
      let waited = ContinuousClock.now - began
      if waited > Self.orphanGrace, !told {
        told = true
        for pid in orphans { kill(pid, SIGQUIT) }
      }
      guard waited < Self.orphanGrace * 3 else {
        throw ClusterError.stuck(folder: place.cluster, state: "processes of a killed server remain: \(orphans)")
      }
      try await Task.sleep(for: Self.poll)
    }
    unlink("\(place.sockets)/.s.PGSQL.\(ServerSettings.port).lock")
    // The file of a dead process stays: by it PostgreSQL looks for shared memory that is still in use.
    if let recorded, kill(recorded.pid, 0) == 0 { unlink(place.cluster + "/postmaster.pid") }
  }
}
