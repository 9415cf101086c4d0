#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Writes text to a file descriptor, whole.
struct FileHandleWriter: Sendable {
  static let standardError = FileHandleWriter(descriptor: 2)

  struct Failed: Error { let code: Int32 }

  let descriptor: Int32

  func write(_ text: String) throws(Failed) {
    let bytes = Array(text.utf8)
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else {
        if errno == EINTR { continue }
        throw Failed(code: errno)
      }
      written += count
    }
  }
}
