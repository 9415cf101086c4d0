#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import Synchronization

/// The right of one process to use a data folder, held through `flock` on its `ward.lock`.
///
/// The kernel gives it back when the process ends, however it ends. Letting go of this object does not: a caller who
/// drops it by accident must not open the folder to a second Ward.
final class FolderLock: Sendable {
  private let descriptor: Mutex<Int32?>

  init(folder: String) throws {
    let path = folder + "/ward.lock"
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { throw Files.failure("Opening", path) }
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
      let code = errno
      close(file)
      guard code == EWOULDBLOCK else {
        throw ClusterError.system(call: "Locking", path: path, message: String(cString: strerror(code)))
      }
      let holder = try Files.read(path)?.prefix(while: \.isNumber)
      throw ClusterError.folderInUse(folder: folder, pid: holder.flatMap { Int32($0) })
    }
    do {
      guard ftruncate(file, 0) == 0 else { throw Files.failure("Writing", path) }
      try Files.writeAll("\(getpid())\n", to: file, path: path)
    } catch {
      close(file)
      throw error
    }
    descriptor = Mutex(file)
  }

  /// Gives the folder back; a second call does nothing.
  func release() {
    descriptor.withLock { file in
      if let open = file { close(open) }
      file = nil
    }
  }
}
