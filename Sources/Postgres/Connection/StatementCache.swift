/// Which statements a connection has prepared, by text; the least recently used leave first.
struct StatementCache {
  struct Entry {
    var name: String
    var lastUse: UInt64
    /// True once the server has confirmed the statement.
    var isPrepared: Bool
  }

  private(set) var entries: [String: Entry] = [:]
  /// Server-side statements that nothing names any more, to be deallocated outside a transaction.
  private(set) var abandoned: [String] = []
  private let limit: Int
  private var clock: UInt64 = 0

  init(limit: Int) { self.limit = limit }

  /// The statement's name, and whether it has to be prepared first.
  mutating func use(_ text: String) -> (name: String, isNew: Bool) {
    clock += 1
    if let found = touch(text) { return (found, false) }
    if entries.count >= limit, let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse }) {
      drop(oldest.key)
    }
    let name = "w\(clock)"
    entries[text] = Entry(name: name, lastUse: clock, isPrepared: false)
    return (name, true)
  }

  private mutating func touch(_ text: String) -> String? {
    guard let index = entries.index(forKey: text) else { return nil }
    entries.values[index].lastUse = clock
    return entries.values[index].name
  }

  /// The server has the statement; if its entry left meanwhile, nothing names it any more.
  mutating func confirm(_ text: String, _ name: String) {
    guard let index = entries.index(forKey: text), entries.values[index].name == name else {
      abandoned.append(name)
      return
    }
    entries.values[index].isPrepared = true
  }

  /// The server never got the statement or refused it.
  mutating func refused(_ text: String, _ name: String) {
    if entries[text]?.name == name { entries[text] = nil }
  }

  /// Forgets the statement, so that its next use prepares it anew under another name.
  mutating func drop(_ text: String) {
    guard let entry = entries.removeValue(forKey: text) else { return }
    if entry.isPrepared { abandoned.append(entry.name) }
  }

  mutating func takeAbandoned() -> [String] {
    defer { abandoned = [] }
    return abandoned
  }
}
