/// Why a private cluster could not be started, each as one sentence that tells the operator what to do.
package enum ClusterError: Error, Equatable, CustomStringConvertible {
  case noPostgres(searched: [String])
  case unknownUser(String)
  case folderInUse(folder: String, pid: Int32?)
  case unusableName(folder: String)
  case wrongVersion(folder: String, version: String, installed: [Int])
  case wrongOwner(folder: String, owner: String)
  case cannotEnter(folder: String, user: String)
  case unsafeFolder(String)
  case credentialsLost(folder: String, file: String)
  case malformedCredentials(file: String)
  case programFailed(program: String, output: String)
  case stuck(folder: String, state: String)
  case system(call: String, path: String, message: String)

  package var description: String {
    switch self {
    case .noPostgres(let searched):
      "No PostgreSQL 15 or newer was found (looked in \(searched.joined(separator: ", "))). "
        + "Run 'make deps', or set WARD_DATABASE_URL to use a server of your own."
    case .unknownUser(let name):
      "PostgreSQL cannot run as root, and there is no user '\(name)' that it could run as. Run 'make deps'."
    case .folderInUse(let folder, let pid):
      "Another Ward\(pid.map { " (pid \($0))" } ?? "") is using the data folder \(folder). "
        + "Stop it first, or name another folder with --data."
    case .unusableName(let folder):
      "The data folder \(folder.debugDescription) has characters in its path that PostgreSQL's tools cannot take "
        + "(quotes, dollar, backslash, backtick, line breaks). Name another one with --data."
    case .wrongVersion(let folder, let version, let installed):
      "The data in \(folder) belongs to PostgreSQL \(version), but installed here: "
        + "\(installed.isEmpty ? "none" : installed.map(String.init).joined(separator: ", ")). "
        + "Install postgresql-\(version), or move the data with pg_upgrade."
    case .wrongOwner(let folder, let owner):
      "The database in \(folder) belongs to the user '\(owner)'. Run Ward as that user or as root."
    case .cannotEnter(let folder, let user):
      "The user '\(user)', who runs PostgreSQL, cannot enter \(folder). "
        + "Give the folders above it the x permission, or name another one with --data."
    case .unsafeFolder(let folder):
      "The folder \(folder) belongs to somebody else or is no plain folder, so no socket is put there. Remove it."
    case .credentialsLost(let folder, let file):
      "The database in \(folder) is there, but its passwords (\(file)) are not. Restore that file from a backup."
    case .malformedCredentials(let file):
      "The file \(file) is not in the form that Ward wrote (host:port:database:user:password)."
    case .programFailed(let program, let output):
      "\(program) failed: \(output)"
    case .stuck(let folder, let state):
      "The PostgreSQL server in \(folder) does not get ready (\(state))."
    case .system(let call, let path, let message):
      "\(call) \(path): \(message)"
    }
  }
}
