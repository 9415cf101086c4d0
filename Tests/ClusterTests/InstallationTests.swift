import Testing

@testable import Cluster

struct InstallationTests {
  @Test("without any PostgreSQL the error says how to get one")
  func none() async throws {
    let error = await #expect(throws: ClusterError.self) {
      try await Installation.all(debianRoot: "/nonexistent", path: "/nonexistent")
    }
    #expect(error?.description.contains("Run 'make deps'") == true)
  }

  @Test("a PostgreSQL outside Debian's folders is found on the PATH with its version")
  func onPath() async throws {
    let debian = try #require(try await Installation.all().first)
    let found = try await Installation.all(debianRoot: "/nonexistent", path: "relative:\(debian.folder)")
    #expect(found == [debian])
  }

  @Test("what a password file of another form holds is refused rather than put into SQL")
  func credentials() throws {
    let good = "# note\n*:*:*:ward_owner:0123456789abcdef\n"
    #expect(try Credentials.parse(good, file: "f").password(of: "ward_owner") == "0123456789abcdef")
    for bad in ["nonsense", "*:*:*:ward_owner:short", "*:*:*:ward_owner:0123456789abcdef' OR '"] {
      #expect(throws: ClusterError.malformedCredentials(file: "f")) { try Credentials.parse(bad, file: "f") }
    }
  }

  @Test("a postmaster.pid is read line by line, and one that is being written is a server that starts")
  func postmaster() throws {
    let full = "123\n/data\n1700000000\n5432\n/data/socket\n\n  1 2\nready   \n"
    let ready = try #require(Postmaster(text: full))
    #expect(ready.pid == 123 && ready.port == 5432 && ready.socketFolder == "/data/socket" && ready.status == .ready)
    #expect(Postmaster(text: "123\n/data\n")?.status == .starting)
    for text in ["", "\n", "-5\n/data\n", "x\n", "99999999999999\n"] { #expect(Postmaster(text: text) == nil) }
    #expect(!ready.isRunning(in: "/nonexistent"))
  }
}
