import Crypto

/// One step of the schema: text that takes it forward and text that takes it back.
package struct Migration: Sendable, Equatable {
  /// Fourteen digits, the time at which the step was written; steps are applied in this order.
  package let version: String
  package let name: String
  package let up: String
  package let down: String
  /// SHA-256 of the forward text, in hexadecimal.
  package let checksum: String

  /// Throws `badConfiguration` when the version is not fourteen digits, the name is empty, or the forward text does
  /// not begin with a comment that says why.
  package init(version: String, name: String, up: String, down: String) throws(PostgresError) {
    let label = "\(version)-\(name)"
    guard version.utf8.count == 14, version.utf8.allSatisfy({ (48...57).contains($0) }), !name.isEmpty else {
      throw .badConfiguration("migration \(label): the name must be <14 digits>-<name>")
    }
    guard Self.beginsWithReason(up) else {
      throw .badConfiguration("migration \(label): the up file must begin with a comment that says why (-- …)")
    }
    self.version = version
    self.name = name
    self.up = up
    self.down = down
    checksum = String(
      decoding: SHA256.hash(data: Array(up.utf8)).flatMap { [Hex.digit($0 >> 4), Hex.digit($0 & 15)] }, as: UTF8.self)
  }

  /// True for `-- ` and some words in the first line that is not empty.
  private static func beginsWithReason(_ text: String) -> Bool {
    guard let line = text.split(whereSeparator: \.isNewline).first(where: { !$0.allSatisfy(\.isWhitespace) }) else {
      return false
    }
    let words = line.drop(while: \.isWhitespace)
    return words.hasPrefix("--") && words.dropFirst(2).contains(where: \.isLetter)
  }
}
