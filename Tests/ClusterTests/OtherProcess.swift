import Subprocess
import SystemPackage

@testable import Cluster

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Runs the body while some other program lives as that user, and ends that program afterwards.
func withProcess(user: SystemUser, _ body: (pid_t) async throws -> Void) async throws {
  var options = PlatformOptions()
  if user.id != geteuid() {
    options.userID = user.id
    options.groupID = user.group
    options.supplementaryGroups = [user.group]
  }
  _ = try await Subprocess.run(
    .path("/bin/sleep"), arguments: ["300"], workingDirectory: "/", platformOptions: options, input: .none,
    output: .discarded, error: .discarded
  ) { execution in
    let pid = execution.processIdentifier.value
    do {
      try await body(pid)
    } catch {
      kill(pid, SIGKILL)
      throw error
    }
    kill(pid, SIGKILL)
  }
}
