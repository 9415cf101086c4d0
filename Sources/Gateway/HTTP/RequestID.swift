/// The id that ties an answer to log lines and audit rows.
enum RequestID {
  static func new() -> String {
    String(UInt64.random(in: .min ... .max), radix: 36) + String(UInt32.random(in: .min ... .max), radix: 36)
  }

  /// The client's own id when it is harmless (letters, digits, `-` and `_`, at most 64), else a new one.
  static func accepted(_ given: String?) -> String {
    guard let given, (1...64).contains(given.utf8.count), given.utf8.allSatisfy(isHarmless) else { return new() }
    return given
  }

  private static func isHarmless(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, 65...90, 97...122, 45, 95: true
    default: false
    }
  }
}
