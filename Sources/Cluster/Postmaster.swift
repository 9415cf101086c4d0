#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What `postmaster.pid` tells of a server, checked against the processes of this machine.
struct Postmaster: Equatable {
  enum Status: String { case starting, ready, stopping, standby, unknown }

  let pid: pid_t
  let port: Int
  let socketFolder: String
  let status: Status

  /// Reads the file's lines: pid, data folder, start time, port, socket folder, address, shared memory, status.
  init?(text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let first = lines.first, let pid = pid_t(first), pid > 0 else { return nil }
    self.pid = pid
    port = lines.count > 3 ? Int(lines[3]) ?? 0 : 0
    socketFolder = lines.count > 4 ? String(lines[4]) : ""
    let word = lines.count > 7 ? String(lines[7].prefix { $0 != " " }) : "starting"
    status = Status(rawValue: word) ?? .unknown
  }

  /// The server of this cluster, as its file has it; nil when there is no file or it is being written.
  static func recorded(in cluster: String) throws -> Postmaster? {
    try Files.read(cluster + "/postmaster.pid").flatMap(Postmaster.init(text:))
  }

  /// True when that process is a PostgreSQL server that works in this cluster, not another program with its number.
  func isRunning(in cluster: String) -> Bool { Self.isServer(pid, of: cluster) }

  /// Server processes that work in this cluster: the server itself, or what a killed one left behind.
  static func processes(in cluster: String) -> [pid_t] {
    Files.names(in: "/proc").compactMap { pid_t($0) }.filter { isServer($0, of: cluster) }
  }

  private static func isServer(_ pid: pid_t, of cluster: String) -> Bool {
    #if os(Linux)
      return Files.target(of: "/proc/\(pid)/cwd") == cluster
        && Files.target(of: "/proc/\(pid)/exe").map { $0.contains("postgres") } ?? false
    #else
      return kill(pid, 0) == 0
    #endif
  }
}
