#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
package import Logging

/// The PostgreSQL server that Ward runs for itself in its data folder when it is given no database.
package struct PrivateCluster: Sendable {
  /// Starts the cluster of this data folder, or uses the one that a killed Ward left running; makes it when there is none.
  ///
  /// `say` gets sentences meant for the operator. The folder is locked until `stop()` or the end of the process.
  /// Throws `ClusterError`.
  package static func start(
    dataFolder: String, logger: Logger, say: (String) -> Void
  ) async throws -> RunningCluster {
    try await start(dataFolder: dataFolder, fallbackRoot: "/var/lib/ward", logger: logger, say: say)
  }

  /// Whether there is one already; makes nothing.
  package static func exists(in dataFolder: String) throws -> Bool {
    guard let cluster = Files.real(dataFolder + "/postgres") else { return false }
    return try Files.entry(cluster + "/PG_VERSION") != nil
  }

  static func start(
    dataFolder: String, fallbackRoot: String, logger: Logger, say: (String) -> Void
  ) async throws -> RunningCluster {
    let folder = try prepare(dataFolder)
    let lock = try FolderLock(folder: folder)
    do {
      let place = try await Place.find(dataFolder: folder, fallbackRoot: fallbackRoot)
      if let notice = place.notice { say(notice) }
      let credentials = try Credentials.load(
        dataFolder: folder, clusterExists: place.exists, clusterFolder: place.cluster)
      let installation = try await choose(for: place)
      var server = Server(place: place, installation: installation)
      if !place.exists {
        say("Making a PostgreSQL \(installation.major) database in \(place.cluster) …")
        try await server.initialise(password: credentials.password(of: Credentials.superuser))
      }
      let found = try await server.start(say: say)
      try await server.setUpRoles(credentials, credentialsFile: Credentials.file(in: folder))
      logger.debug("private cluster ready", metadata: ["folder": "\(place.cluster)", "found": "\(found)"])
      return RunningCluster(server: server, credentials: credentials, foundRunning: found, lock: lock)
    } catch {
      lock.release()
      throw error
    }
  }

  /// Makes the data folder where missing. As root others may pass through it (the server's user has to), not look.
  private static func prepare(_ dataFolder: String) throws -> String {
    var absolute = dataFolder
    if !dataFolder.hasPrefix("/"), let here = Files.real(".") { absolute = "\(here)/\(dataFolder)" }
    try Files.makeFolder(absolute, mode: geteuid() == 0 ? 0o711 : 0o700)
    guard let real = Files.real(absolute) else { throw Files.failure("Entering", absolute) }
    return real
  }

  /// The newest PostgreSQL for a new cluster; for an old one the version that its data belong to.
  private static func choose(for place: Place) async throws -> Installation {
    let installed = try await Installation.all()
    guard place.exists else {
      guard let newest = installed.first else { throw ClusterError.noPostgres(searched: []) }
      return newest
    }
    let version = String(try Files.read(place.cluster + "/PG_VERSION")?.prefix { !$0.isNewline } ?? "?")
    guard let match = installed.first(where: { String($0.major) == version }) else {
      throw ClusterError.wrongVersion(folder: place.cluster, version: version, installed: installed.map(\.major))
    }
    return match
  }
}
