/// A private cluster that is ready, and the addresses to reach it by.
package struct RunningCluster: Sendable {
  /// Libpq URL of the role that owns the database: for migrations only.
  package let ownerURL: String
  /// Libpq URL of the role that serves requests.
  package let servingURL: String
  /// Libpq URL of the superuser: for backups and `ward doctor`, never for serving.
  package let administratorURL: String
  /// True when the server was running already, left by a Ward that was killed.
  package let foundRunning: Bool
  /// PostgreSQL's own data folder, which need not lie in Ward's.
  package let clusterFolder: String
  /// Folder of the unix socket.
  package let socketFolder: String
  /// Folder of PostgreSQL's programs (`pg_dump`, `pg_basebackup`, `psql` …) in the version that runs.
  package let programFolder: String

  private let server: Server
  private let lock: FolderLock

  init(server: Server, credentials: Credentials, foundRunning: Bool, lock: FolderLock) {
    ownerURL = server.url(role: Credentials.owner, database: "ward", credentials)
    servingURL = server.url(role: Credentials.serving, database: "ward", credentials)
    administratorURL = server.url(role: Credentials.superuser, database: "ward", credentials)
    self.foundRunning = foundRunning
    clusterFolder = server.place.cluster
    socketFolder = server.socketFolder
    programFolder = server.installation.folder
    self.server = server
    self.lock = lock
  }

  /// Starts the server again if it has ended; true when it had. Throws `ClusterError` when it cannot be started.
  package func revive() async throws -> Bool {
    if let recorded = try Postmaster.recorded(in: clusterFolder), recorded.isRunning(in: clusterFolder) { return false }
    var server = self.server
    return try await !server.start { _ in }
  }

  /// Stops the server (open transactions are rolled back) and gives the data folder back; a second call does nothing.
  package func stop() async throws {
    try await server.stop()
    lock.release()
  }

  /// Gives the data folder back and leaves the server running, as a killed Ward would.
  func abandon() { lock.release() }
}
