#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where the cluster of a data folder lies, and as whom its server runs.
struct Place: Equatable {
  /// PostgreSQL's own data folder.
  let cluster: String
  /// Folder of the unix socket, mode 0700.
  let sockets: String
  let user: SystemUser
  /// True when there is a cluster already.
  let exists: Bool
  /// Set when the cluster is not in the data folder: why, in one sentence.
  let notice: String?

  /// A unix socket's address takes 107 bytes; PostgreSQL puts `/.s.PGSQL.5432` behind the folder's name.
  static let longestSocketFolder = 107 - "/.s.PGSQL.5432".utf8.count

  /// Finds the place for this data folder (an absolute path without links, which exists) and makes its folders.
  ///
  /// As root, the server's user must be able to enter the data folder; where it cannot, the cluster lies in
  /// `fallbackRoot` and a link in the data folder leads there, so it is found again even if the folder is moved.
  static func find(dataFolder: String, fallbackRoot: String) async throws -> Place {
    let link = dataFolder + "/postgres"
    let entry = try Files.entry(link)
    if let cluster = Files.real(link), try Files.entry(cluster + "/PG_VERSION") != nil {
      return try await existing(cluster: cluster, notice: entry?.kind == .link ? moved(cluster, nil) : nil)
    }
    let user = try SystemUser.forPostgres()
    if try await canEnter(dataFolder, as: user) {
      try checkName(dataFolder)
      return Place(
        cluster: link, sockets: try socketFolder(base: dataFolder, user: user), user: user, exists: false, notice: nil)
    }
    let base = "\(fallbackRoot)/\(hash(dataFolder))"
    try Files.makeFolder(fallbackRoot, mode: 0o711)
    try Files.makeFolder(base, mode: 0o711)
    guard try await canEnter(base, as: user) else { throw ClusterError.cannotEnter(folder: base, user: user.name) }
    let cluster = base + "/postgres"
    if entry == nil { try Files.link(link, to: cluster) }
    let notice = moved(cluster, "\(dataFolder) cannot be entered by the user '\(user.name)'")
    if try Files.entry(cluster + "/PG_VERSION") != nil { return try await existing(cluster: cluster, notice: notice) }
    return Place(
      cluster: cluster, sockets: try socketFolder(base: base, user: user), user: user, exists: false, notice: notice)
  }

  private static func moved(_ cluster: String, _ reason: String?) -> String {
    "The database is in \(cluster)\(reason.map { ", because " + $0 } ?? "")."
  }

  private static func existing(cluster: String, notice: String?) async throws -> Place {
    try checkName(cluster)
    guard let entry = try Files.entry(cluster) else {
      throw ClusterError.system(call: "Looking at", path: cluster, message: "it is gone")
    }
    let owner = SystemUser(id: entry.owner) ?? SystemUser(name: String(entry.owner), id: entry.owner, group: 0)
    // Root runs an existing cluster as whoever it belongs to; anybody else only their own.
    guard owner.id != 0, geteuid() == 0 || geteuid() == owner.id else {
      throw ClusterError.wrongOwner(folder: cluster, owner: owner.name)
    }
    guard try await canEnter(cluster, as: owner) else {
      throw ClusterError.cannotEnter(folder: cluster, user: owner.name)
    }
    let base = String(cluster[..<(cluster.lastIndex(of: "/") ?? cluster.startIndex)])
    let sockets = try socketFolder(base: base, user: owner)
    return Place(cluster: cluster, sockets: sockets, user: owner, exists: true, notice: notice)
  }

  /// Asks as that user, which also takes access lists and the folders above into account.
  private static func canEnter(_ folder: String, as user: SystemUser) async throws -> Bool {
    guard user.id != geteuid() else { return true }
    return try await Program(path: "/usr/bin/test", arguments: ["-x", folder], user: user).run().succeeded
  }

  private static func checkName(_ folder: String) throws {
    let bad: Set<Unicode.Scalar> = ["\"", "'", "$", "`", "\\", "!"]
    guard folder.unicodeScalars.allSatisfy({ $0.value >= 32 && !bad.contains($0) }) else {
      throw ClusterError.unusableName(folder: folder)
    }
  }

  /// `<base>/socket`, or a short folder in /tmp where that is too long or has characters that lists of hosts split at.
  private static func socketFolder(base: String, user: SystemUser) throws -> String {
    let harmless = "0123456789/._-".unicodeScalars
    let near = base + "/socket"
    let plain = near.unicodeScalars.allSatisfy {
      $0.isASCII && ($0.properties.isAlphabetic || harmless.contains($0))
    }
    let folder = plain && near.utf8.count <= longestSocketFolder ? near : "/tmp/ward-\(user.id)-\(hash(base))"
    try Files.makeFolder(folder, mode: 0o700, owner: user)
    // Anybody may have made a folder in /tmp before us.
    guard let entry = try Files.entry(folder), entry.kind == .folder, entry.owner == user.id else {
      throw ClusterError.unsafeFolder(folder)
    }
    if entry.mode != 0o700 { try Files.setMode(folder, 0o700) }
    return folder
  }

  /// FNV-1a, 64 bits: tells data folders apart in a name; guards nothing.
  static func hash(_ text: String) -> String {
    let value = text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    return String(value, radix: 16)
  }
}
