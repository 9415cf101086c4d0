/// The values of one statement in PostgreSQL's text form: one block of NUL-terminated bytes and where each begins.
struct Binds: Sendable {
  private var bytes: [UInt8] = []
  /// Where a value begins in `bytes`; -1 for NULL.
  private var starts: [Int] = []
  /// False once a value held a NUL character, which PostgreSQL's text cannot carry.
  private(set) var isValid = true

  var count: Int { starts.count }

  mutating func append(_ value: borrowing some PostgresEncodable) {
    let start = bytes.count
    guard value.encode(into: &bytes) else {
      bytes.removeSubrange(start...)
      starts.append(-1)
      return
    }
    if bytes[start...].contains(0) { isValid = false }
    bytes.append(0)
    starts.append(start)
  }

  mutating func append(_ other: Binds) {
    guard other.count > 0 else { return }
    guard count > 0 else {
      self = other
      return
    }
    let shift = bytes.count
    bytes += other.bytes
    for start in other.starts { starts.append(start < 0 ? -1 : start + shift) }
    isValid = isValid && other.isValid
  }

  /// Lends the values as libpq wants them: an array of C strings, nil for NULL; valid only inside `body`.
  func withPointers<R>(_ body: (Int32, UnsafePointer<UnsafePointer<CChar>?>?) -> R) -> R {
    guard !starts.isEmpty else { return body(0, nil) }
    return bytes.withUnsafeBytes { block in
      withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: starts.count) { pointers in
        let base = block.baseAddress?.assumingMemoryBound(to: CChar.self)
        for (index, start) in starts.enumerated() {
          pointers.initializeElement(at: index, to: start < 0 ? nil : base?.advanced(by: start))
        }
        return body(Int32(truncatingIfNeeded: starts.count), UnsafePointer(pointers.baseAddress))
      }
    }
  }
}
