/// Passwords that everybody tries first, offline: a word of the list does not become a secret by a year behind it, an
/// `@` in it, or by being written twice.
package struct CommonPasswords: Sendable {
  /// 64-bit FNV-1a of each word, sorted: a quarter of a megabyte instead of many.
  private let hashes: [UInt64]

  /// One word a line; lines that begin with `#` and a space say where the list is from.
  package init(_ list: String) {
    hashes = list.split(separator: "\n").filter { !$0.hasPrefix("# ") }.map { Self.hash($0.lowercased()) }.sorted()
  }

  package var count: Int { hashes.count }

  package func contains(_ password: String) -> Bool {
    let lower = password.lowercased()
    // Signs at the end are an ending before they are letters: of "dragon!!" none is an i.
    let forms = [lower, Self.plain(lower), Self.plain(Self.core(lower))].flatMap {
      [$0, Self.core($0), Self.unit($0), Self.unit(Self.core($0))]
    }
    return forms.contains { $0.utf8.count <= 4 || has($0) } || Self.isRow(lower)
  }

  private func has(_ word: String) -> Bool {
    let wanted = Self.hash(word)
    var low = 0
    var high = hashes.count
    while low < high {
      let middle = (low + high) / 2
      if hashes[middle] < wanted { low = middle + 1 } else { high = middle }
    }
    return low < hashes.count && hashes[low] == wanted
  }

  /// With letters in the place of the signs that look like them.
  private static func plain(_ text: String) -> String {
    let signs: [Character: Character] = [
      "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i",
    ]
    return String(text.map { signs[$0] ?? $0 })
  }

  /// Without the digits and signs at both ends; the whole where nothing else is in it.
  private static func core(_ text: String) -> String {
    guard let first = text.firstIndex(where: \.isLetter), let last = text.lastIndex(where: \.isLetter) else {
      return text
    }
    return String(text[first...last])
  }

  /// What the text is a repetition of: `abc` of `abcabcabc`.
  private static func unit(_ text: String) -> String {
    let characters = Array(text)
    guard characters.count > 1 else { return text }
    for length in 1...(characters.count / 2) where characters.count % length == 0 {
      if characters.indices.allSatisfy({ characters[$0] == characters[$0 % length] }) {
        return String(characters[..<length])
      }
    }
    return text
  }

  /// Each character one after the one before it, or one before: `abcdefghijkl`, `987654321098`.
  private static func isRow(_ text: String) -> Bool {
    let values = text.unicodeScalars.map { Int($0.value) }
    let steps = zip(values, values.dropFirst()).map { $1 - $0 }
    return steps.allSatisfy { $0 == 1 || $0 == -9 } || steps.allSatisfy { $0 == -1 || $0 == 9 }
  }

  private static func hash(_ text: String) -> UInt64 {
    text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}
