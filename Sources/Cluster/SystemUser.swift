#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A user of this machine, by the numbers that the kernel knows.
struct SystemUser: Sendable, Equatable {
  let name: String
  let id: uid_t
  let group: gid_t

  static var current: SystemUser {
    SystemUser(id: geteuid()) ?? SystemUser(name: String(geteuid()), id: geteuid(), group: getegid())
  }

  /// PostgreSQL refuses to run as root: then it runs as `postgres`, or as `nobody` where that user is missing.
  static func forPostgres() throws -> SystemUser {
    let current = SystemUser.current
    guard current.id == 0 else { return current }
    guard let user = SystemUser(name: "postgres") ?? SystemUser(name: "nobody") else {
      throw ClusterError.unknownUser("postgres")
    }
    return user
  }

  init(name: String, id: uid_t, group: gid_t) {
    self.name = name
    self.id = id
    self.group = group
  }

  init?(name: String) {
    self.init { entry, buffer, count, found in getpwnam_r(name, entry, buffer, count, found) }
  }

  init?(id: uid_t) {
    self.init { entry, buffer, count, found in getpwuid_r(id, entry, buffer, count, found) }
  }

  private typealias Entry = UnsafeMutablePointer<passwd>

  private init?(
    _ look: (Entry, UnsafeMutablePointer<CChar>, Int, UnsafeMutablePointer<Entry?>) -> Int32
  ) {
    var entry = passwd()
    var found: Entry?
    let result: SystemUser? = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 16_384) { buffer in
      guard let base = buffer.baseAddress, look(&entry, base, buffer.count, &found) == 0, found != nil else {
        return nil
      }
      return SystemUser(name: String(cString: entry.pw_name), id: entry.pw_uid, group: entry.pw_gid)
    }
    guard let result else { return nil }
    self = result
  }
}
