import CCrypt

/// Hashes that came from elsewhere: bcrypt as `$2a$`, `$2b$` or `$2y$`, cost 10 to 16. Verified, never made.
enum Bcrypt {
  /// Whether this is a hash that Ward takes; a cheaper one protects nothing, a dearer one would stop everybody.
  static func takes(_ encoded: String) -> Bool {
    let parts = encoded.split(separator: "$", omittingEmptySubsequences: false)
    guard parts.count == 4, parts[0].isEmpty, ["2a", "2b", "2y"].contains(parts[1]), parts[2].utf8.count == 2,
      let cost = Int(parts[2]), parts[3].utf8.count == 53
    else { return false }
    return (10...16).contains(cost)
  }

  /// The 72 bytes that bcrypt looks at; a NUL would cut the password short.
  static func matches(_ password: String, _ encoded: String) -> Bool {
    takes(encoded) && !password.utf8.contains(0) && ward_crypt_matches(password, encoded) == 1
  }
}
