#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import Testing

@testable import Cluster

@Suite(.serialized, .timeLimit(.minutes(5)))
struct PlaceTests {
  @Test("a data folder whose path is too long for a socket gets a short socket folder of mode 0700")
  func longPath() async throws {
    try await ClusterFixture.run { fixture in
      let long = fixture.data + "/" + String(repeating: "long-name/", count: 9) + "end"
      let cluster = try await fixture.start(in: long)
      #expect(cluster.socketFolder.hasPrefix("/tmp/ward-"))
      #expect(cluster.socketFolder.utf8.count <= Place.longestSocketFolder)
      #expect(try Files.entry(cluster.socketFolder)?.mode == 0o700)
      #expect(cluster.clusterFolder == long + "/postgres")
      #expect(try await fixture.ask(cluster.servingURL, "SELECT 1") == "1")
      try await cluster.stop()
      rmdir(cluster.socketFolder)
    }
  }

  @Test("a comma or a space in the path is no harm")
  func oddPath() async throws {
    try await ClusterFixture.run { fixture in
      let cluster = try await fixture.start(in: fixture.root + "/my data, Łódź")
      #expect(try await fixture.ask(cluster.servingURL, "SELECT 1") == "1")
      try await cluster.stop()
      rmdir(cluster.socketFolder)
    }
  }

  @Test("a socket folder that somebody else has put in its place is refused")
  func squatter() async throws {
    try await ClusterFixture.run { fixture in
      try Files.makeFolder(fixture.data, mode: 0o711)
      try Files.link(fixture.data + "/socket", to: "/tmp")
      await #expect(throws: ClusterError.unsafeFolder(fixture.data + "/socket")) { try await fixture.start() }
    }
  }

  @Test(
    "as root, a folder that PostgreSQL's user cannot enter sends the cluster elsewhere, and it says so",
    .enabled(if: geteuid() == 0))
  func unenterable() async throws {
    try await ClusterFixture.run { fixture in
      try Files.makeFolder(fixture.root + "/closed", mode: 0o700)
      let data = fixture.root + "/closed/data"
      var said: [String] = []
      let first = try await fixture.start(in: data) { said.append($0) }
      let place = "\(fixture.fallbackRoot)/\(Place.hash(data))/postgres"
      #expect(first.clusterFolder == place)
      let user = try SystemUser.forPostgres().name
      #expect(said.first == "The database is in \(place), because \(data) cannot be entered by the user '\(user)'.")
      #expect(try await fixture.ask(first.ownerURL, "CREATE TABLE kept (); SELECT 1") == "1")
      try await first.stop()

      // Opened and moved: the link in the data folder still leads to the same cluster.
      let moved = fixture.root + "/moved"
      try Files.move(data, to: moved)
      let second = try await fixture.start(in: moved)
      #expect(second.clusterFolder == place)
      #expect(try await fixture.ask(second.ownerURL, "SELECT count(*) FROM kept") == "0")
      try await second.stop()
    }
  }

  @Test("as root, a cluster that belongs to another user runs as that user", .enabled(if: geteuid() == 0))
  func foreignCluster() async throws {
    try await ClusterFixture.run { fixture in
      let first = try await fixture.start()
      try await first.stop()
      let nobody = try #require(SystemUser(name: "nobody"))
      try await Program(path: "/bin/chown", arguments: ["-R", "nobody", first.clusterFolder, first.socketFolder])
        .succeed()
      let second = try await fixture.start()
      let recorded = try #require(try Postmaster.recorded(in: second.clusterFolder))
      #expect(try Files.entry("/proc/\(recorded.pid)")?.owner == nobody.id)
      try await second.stop()
    }
  }

  @Test("data of another PostgreSQL version are refused with both versions named")
  func otherVersion() async throws {
    try await ClusterFixture.run { fixture in
      try fixture.fakeCluster(version: "9.6")
      let installed = try await Installation.all().map(\.major)
      await #expect(
        throws: ClusterError.wrongVersion(folder: fixture.data + "/postgres", version: "9.6", installed: installed)
      ) { try await fixture.start() }
    }
  }

  @Test("a database without its passwords is refused, and nothing is made in its place")
  func lostCredentials() async throws {
    try await ClusterFixture.run { fixture in
      try fixture.fakeCluster(version: "15")
      let file = Credentials.file(in: fixture.data)
      unlink(file)
      await #expect(throws: ClusterError.credentialsLost(folder: fixture.data + "/postgres", file: file)) {
        try await fixture.start()
      }
      #expect(try Files.entry(file) == nil)
    }
  }

  @Test("a path with characters that a shell would read is refused")
  func unusableName() async throws {
    try await ClusterFixture.run { fixture in
      let folder = fixture.root + "/$(touch x)"
      await #expect(throws: ClusterError.unusableName(folder: folder)) { try await fixture.start(in: folder) }
    }
  }
}
