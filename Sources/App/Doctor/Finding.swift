/// What the doctor found out about one part: well, not in use, to be looked at some day, or not well.
struct Finding: Sendable, Equatable {
  enum State: String, Sendable {
    case well = "ok"
    case unused = "-"
    case advice = "look"
    case ill = "BAD"
  }

  let part: String
  let state: State
  /// One sentence or two; never a password.
  let words: String

  init(_ part: String, _ state: State, _ words: String) {
    self.part = part
    self.state = state
    self.words = words
  }

  var line: String {
    func padded(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(1, width - text.count))
    }
    return padded(state.rawValue, 6) + padded(part, 16) + words
  }
}

/// A version such as `3.10.8`, as far as it has to be new enough: its first two numbers.
struct VersionNumber: Sendable, Comparable {
  let major: Int
  let minor: Int

  init(_ major: Int, _ minor: Int = 0) {
    self.major = major
    self.minor = minor
  }

  /// Nil for a text that begins with no number.
  init?(_ text: String) {
    let numbers = text.split(separator: ".").prefix(2).map { Int($0.prefix { $0.isASCII && $0.isNumber }) }
    guard let major = numbers.first ?? nil else { return nil }
    self.major = major
    minor = numbers.count > 1 ? numbers[1] ?? 0 : 0
  }

  static func < (a: Self, b: Self) -> Bool { (a.major, a.minor) < (b.major, b.minor) }
}
