/// What somebody wrote back: yes, with the code of the message that he means or without one. Everything else is no
/// answer to an alert.
package struct ReplyText: Sendable, Equatable {
  /// The four digits; nil for a yes without them.
  package let code: String?

  private static let yes: Set<Substring> = ["1", "ACK", "OK", "YES", "Y", "JA", "OUI", "SI"]

  /// Nil when it is no yes.
  package init?(_ text: String) {
    let words = text.prefix(200).uppercased().split { !$0.isLetter && !$0.isNumber }
    switch words.count {
    case 1 where Self.isCode(words[0]): code = String(words[0])
    case 1 where Self.yes.contains(words[0]): code = nil
    case 2 where Self.yes.contains(words[0]) && Self.isCode(words[1]): code = String(words[1])
    default: return nil
    }
  }

  private static func isCode(_ word: Substring) -> Bool {
    word.utf8.count == 4 && word.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }
}
