import Glibc
import Synchronization
import TestSupport

@testable import Postgres

/// Gives others the turn until the condition holds; the suite's time limit ends a wait in vain.
func until(_ condition: () async throws -> Bool) async throws {
  while try await !condition() {
    try Task.checkCancellation()
    await Task.yield()
  }
}

/// The greatest of the numbers that several tasks note.
final class Highest: Sendable {
  private let highest = Mutex(Int.min)

  var value: Int { highest.withLock(\.self) }

  func note(_ number: Int) { highest.withLock { $0 = max($0, number) } }
}

/// What an observer was told.
final class Heard: Sendable {
  struct Record: Sendable {
    var slow: [(text: String, seconds: Double)] = []
    var statements = 0
    var troubles: [PostgresError] = []
  }

  private let record = Mutex(Record())

  var slow: [(text: String, seconds: Double)] { record.withLock { $0.slow } }
  var statements: Int { record.withLock { $0.statements } }
  var troubles: [PostgresError] { record.withLock { $0.troubles } }

  var observer: PostgresObserver {
    PostgresObserver(
      flushed: { count, _ in self.record.withLock { $0.statements += count } },
      slow: { text, seconds in self.record.withLock { $0.slow.append((text, seconds)) } },
      trouble: { error in self.record.withLock { $0.troubles.append(error) } })
  }
}

/// A second door to the test server: a socket path that can be closed and opened, as if the server went away.
struct Door: Sendable {
  let folder: String
  let target: String
  let url: String

  private var socket: String { folder + "/.s.PGSQL.5432" }

  /// A closed door to the database.
  init(to database: TestDatabase) throws {
    var pairs = try ConnectionParameters.parse(database.url)
    let host = pairs.first { $0.keyword == "host" }?.value ?? "/var/run/postgresql"
    let port = pairs.first { $0.keyword == "port" }?.value ?? "5432"
    folder = "/tmp/\(database.name)"
    target = "\(host)/.s.PGSQL.\(port)"
    mkdir(folder, 0o700)
    pairs.removeAll { $0.keyword == "host" || $0.keyword == "port" }
    let user = pairs.first { $0.keyword == "user" }?.value ?? "postgres"
    url = "postgresql:///\(database.name)?host=\(folder)&port=5432&user=\(user)"
  }

  func open() { symlink(target, socket) }

  func close() { unlink(socket) }

  func remove() {
    close()
    rmdir(folder)
  }

  /// A server that accepts and never says a word; returns its descriptor.
  func listenSilently() -> Int32 {
    let descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(socket.utf8)) }
    withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    listen(descriptor, 5)
    return descriptor
  }
}
