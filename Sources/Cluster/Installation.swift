#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The programs of one installed PostgreSQL.
struct Installation: Equatable {
  static let oldestMajor = 15

  let major: Int
  let folder: String

  func program(_ name: String, _ arguments: [String], user: SystemUser? = nil) -> Program {
    Program(path: "\(folder)/\(name)", arguments: arguments, user: user)
  }

  /// All usable installations, the newest first: Debian's versioned folders, `pg_config`, then PATH.
  static func all(debianRoot: String = "/usr/lib/postgresql", path: String? = nil) async throws -> [Installation] {
    let path = path ?? getenv("PATH").map { String(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin"
    let debian = Files.names(in: debianRoot).compactMap { name in
      Int(name).map { Installation(major: $0, folder: "\(debianRoot)/\(name)/bin") }
    }
    .filter { $0.isComplete && $0.major >= oldestMajor }
    guard debian.isEmpty else { return debian.sorted { $0.major > $1.major } }

    var folders: [String] = []
    let onPath = path.split(separator: ":").map(String.init).filter { $0.hasPrefix("/") }
    if let tool = onPath.map({ $0 + "/pg_config" }).first(where: Files.isExecutable) {
      let outcome = try await Program(path: tool, arguments: ["--bindir"]).run()
      if outcome.succeeded { folders.append(String(outcome.output.prefix { !$0.isNewline })) }
    }
    folders += onPath
    for folder in folders {
      let found = Installation(major: 0, folder: folder)
      guard found.isComplete, let major = try await found.askedMajor(), major >= oldestMajor else { continue }
      return [Installation(major: major, folder: folder)]
    }
    throw ClusterError.noPostgres(searched: [debianRoot, "pg_config --bindir", "PATH"])
  }

  private var isComplete: Bool {
    ["postgres", "initdb", "pg_ctl", "psql"].allSatisfy { Files.isExecutable("\(folder)/\($0)") }
  }

  /// Reads `postgres (PostgreSQL) 15.18 (Debian …)`.
  private func askedMajor() async throws -> Int? {
    let words = try await program("postgres", ["--version"]).run().output.split(separator: " ")
    return words.dropFirst(2).first.flatMap { Int($0.prefix(while: \.isNumber)) }
  }
}
