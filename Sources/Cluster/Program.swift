#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import Subprocess
import SystemPackage

/// One run of another program: no shell, no terminal, a clean environment, optionally as another user.
///
/// The user is changed by `setpriv` (util-linux), not between our fork and exec: there glibc's setuid can wait for ever
/// for a lock that another thread held at the moment of the fork. The clean environment matters: a stray `PGPORT` or
/// `PGDATA` of the operator's shell would point the tools elsewhere.
struct Program {
  let path: String
  var arguments: [String]
  var user: SystemUser?
  var environment: [String: String] = [:]

  /// Name without its folder, for messages.
  var name: String { path.split(separator: "/").last.map(String.init) ?? path }

  struct Outcome: Equatable {
    let succeeded: Bool
    /// Standard output and standard error as they came, at most 256 KiB.
    let output: String
  }

  /// Runs to the end, whatever the exit status is; throws only if the program could not be started.
  func run(input: String = "") async throws -> Outcome {
    let (path, arguments) = command
    let result = try await Subprocess.run(
      .path(FilePath(path)), arguments: Arguments(arguments), environment: .custom(variables), workingDirectory: "/",
      input: .string(input), output: .string(limit: 1 << 18), error: .combinedWithOutput)
    return Outcome(succeeded: result.terminationStatus.isSuccess, output: result.standardOutput)
  }

  /// Runs to the end; an exit status other than 0 is an error that carries what the program said.
  @discardableResult
  func succeed(input: String = "") async throws -> String {
    let outcome = try await run(input: input)
    guard outcome.succeeded else {
      let lines = outcome.output.split(whereSeparator: \.isNewline).suffix(12)
      throw ClusterError.programFailed(program: name, output: lines.joined(separator: "\n"))
    }
    return outcome.output
  }

  private var variables: [Environment.Key: String] {
    var variables: [Environment.Key: String] = [
      "PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC",
    ]
    for (key, value) in environment {
      if let key = Environment.Key(rawValue: key) { variables[key] = value }
    }
    return variables
  }

  private var command: (path: String, arguments: [String]) {
    guard let user, user.id != geteuid() else { return (path, arguments) }
    return (
      "/usr/bin/setpriv",
      ["--reuid=\(user.id)", "--regid=\(user.group)", "--clear-groups", "--", path] + arguments
    )
  }
}
