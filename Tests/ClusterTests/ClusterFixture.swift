#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import Logging

@testable import Cluster

/// A data folder of its own for one test; what is left of its cluster is stopped and removed afterwards.
struct ClusterFixture {
  let root: String
  let logger = Logger(label: "cluster-test") { _ in SwiftLogNoOpLogHandler() }

  var data: String { root + "/data" }
  var fallbackRoot: String { root + "/elsewhere" }

  static func run(_ test: (ClusterFixture) async throws -> Void) async throws {
    let fixture = ClusterFixture(root: "/tmp/ward-test-\(UInt32.random(in: 0...UInt32.max))")
    try Files.makeFolder(fixture.root, mode: 0o755)
    do {
      try await test(fixture)
    } catch {
      try await fixture.clean()
      throw error
    }
    try await fixture.clean()
  }

  func start(in folder: String? = nil, say: (String) -> Void = { _ in }) async throws -> RunningCluster {
    try await PrivateCluster.start(dataFolder: folder ?? data, fallbackRoot: fallbackRoot, logger: logger, say: say)
  }

  /// What this statement answers, column by column with `|` between, line by line.
  func ask(_ url: String, _ sql: String) async throws -> String {
    let installation = try await Installation.all()[0]
    let output = try await installation.program(
      "psql", ["-X", "-q", "-A", "-t", "-v", "VERBOSITY=terse", url, "-c", sql]
    ).succeed()
    return String(output.split(whereSeparator: \.isNewline).joined(separator: "\n"))
  }

  /// Makes the data folder with a finished cluster's look and no server, for tests of refusals.
  func fakeCluster(version: String) throws {
    try Files.makeFolder(data + "/postgres", mode: 0o700)
    try Files.write(version + "\n", to: data + "/postgres/PG_VERSION", mode: 0o600)
    try Files.write(
      Credentials.load(dataFolder: data, clusterExists: false, clusterFolder: "").text, to: Credentials.file(in: data),
      mode: 0o600)
    try Files.setOwner(data + "/postgres", SystemUser.forPostgres())
    try Files.setMode(data, 0o711)
  }

  private func clean() async throws {
    for folder in Files.names(in: "/proc").compactMap({ pid_t($0) }) {
      let cwd = Files.target(of: "/proc/\(folder)/cwd") ?? ""
      if cwd.hasPrefix(root + "/") { kill(folder, SIGQUIT) }
    }
    try await Program(path: "/bin/rm", arguments: ["-rf", root]).succeed()
  }
}
