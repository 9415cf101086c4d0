#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The few file-system calls that the cluster needs, with the path and the system's reason in each error.
enum Files {
  struct Entry: Equatable {
    enum Kind { case folder, file, link, other }
    let kind: Kind
    let owner: uid_t
    let mode: mode_t
  }

  /// What is at this path itself (a link is not followed); nil when there is nothing.
  static func entry(_ path: String) throws -> Entry? {
    var status = stat()
    guard lstat(path, &status) == 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw failure("Looking at", path)
    }
    let kind: Entry.Kind =
      switch status.st_mode & S_IFMT {
      case S_IFDIR: .folder
      case S_IFREG: .file
      case S_IFLNK: .link
      default: .other
      }
    return Entry(kind: kind, owner: status.st_uid, mode: status.st_mode & 0o7777)
  }

  static func isExecutable(_ path: String) -> Bool { access(path, X_OK) == 0 }

  /// Makes the folder and, with mode 0755, those above it; one that exists keeps its mode and owner.
  static func makeFolder(_ path: String, mode: mode_t, owner: SystemUser? = nil) throws {
    var ancestor = ""
    for part in path.split(separator: "/").dropLast() {
      ancestor += "/" + part
      if mkdir(ancestor, 0o755) != 0, errno != EEXIST { throw failure("Making the folder", ancestor) }
    }
    guard mkdir(path, mode) == 0 else {
      if errno == EEXIST { return }
      throw failure("Making the folder", path)
    }
    try setMode(path, mode)
    if let owner { try setOwner(path, owner) }
  }

  static func setMode(_ path: String, _ mode: mode_t) throws {
    guard chmod(path, mode) == 0 else { throw failure("Setting the mode of", path) }
  }

  static func setOwner(_ path: String, _ user: SystemUser) throws {
    guard user.id != geteuid() else { return }
    guard lchown(path, user.id, user.group) == 0 else { throw failure("Setting the owner of", path) }
  }

  /// The path without links, `.` and `..`; nil when it does not exist.
  static func real(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// Where a link leads, as it stands; nil when it cannot be read.
  static func target(of link: String) -> String? {
    withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { buffer in
      guard let base = buffer.baseAddress?.assumingMemoryBound(to: CChar.self) else { return nil }
      let count = readlink(link, base, buffer.count)
      return count > 0 ? String(decoding: buffer.prefix(count), as: UTF8.self) : nil
    }
  }

  /// Whole text of a small file (at most 1 MiB of it); nil when there is none.
  static func read(_ path: String) throws -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw failure("Reading", path)
    }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16_384)
    while bytes.count < 1 << 20 {
      let count = systemRead(descriptor, &chunk, chunk.count)
      guard count >= 0 else { throw failure("Reading", path) }
      if count == 0 { break }
      bytes += chunk[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Replaces the file in one step, so that a crash leaves the old or the new text and never half of one.
  static func write(_ text: String, to path: String, mode: mode_t, owner: SystemUser? = nil) throws {
    let draft = path + ".new"
    unlink(draft)
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw failure("Writing", draft) }
    defer { close(descriptor) }
    try writeAll(text, to: descriptor, path: draft)
    guard fchmod(descriptor, mode) == 0, fsync(descriptor) == 0 else { throw failure("Writing", draft) }
    if let owner { try setOwner(draft, owner) }
    try move(draft, to: path)
  }

  static func writeAll(_ text: String, to descriptor: Int32, path: String) throws {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { throw failure("Writing", path) }
      rest = rest.dropFirst(count)
    }
  }

  static func move(_ path: String, to target: String) throws {
    guard rename(path, target) == 0 else { throw failure("Moving", path) }
  }

  static func link(_ path: String, to target: String) throws {
    guard symlink(target, path) == 0 else { throw failure("Linking", path) }
  }

  static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  static func failure(_ call: String, _ path: String) -> ClusterError {
    .system(call: call, path: path, message: String(cString: strerror(errno)))
  }
}

// The names are taken by members of `Files`.
private let systemRead = read
private let systemWrite = write
