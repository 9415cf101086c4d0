/// The tags of a mustache text, in their order: what stands between `{{` and the next `}}`, as the renderer reads them
/// while nothing changes its signs.
struct TemplateTags {
  /// Sections in one another at most: the renderer calls itself for each of them.
  static let mostNested = 20

  private var rest: Substring

  init(_ text: String) { rest = text[...] }

  /// Nil when there is none left. Throws ``TemplateProblem`` for one that is not closed.
  mutating func next() throws(TemplateProblem) -> Substring? {
    guard let start = rest.firstRange(of: "{{") else { return nil }
    rest = rest[start.upperBound...]
    guard let end = rest.firstRange(of: "}}") else { throw TemplateProblem("has {{ without }}") }
    defer { rest = rest[end.upperBound...] }
    return rest[..<end.lowerBound]
  }

  /// Refuses what would take the renderer too deep: more sections in one another, or signs of its own, behind which this
  /// would not see them. Blanks before a sign are no reason to miss one that opens.
  static func checkNesting(of text: String) throws(TemplateProblem) {
    var tags = TemplateTags(text)
    var open = 0
    while let tag = try tags.next() {
      if tag.first == "/" {
        open = max(0, open - 1)
        continue
      }
      switch tag.first(where: { !$0.isWhitespace }) {
      case "#", "^", "<", "$": open += 1
      case "=": throw TemplateProblem("must not change mustache's own signs")
      default: continue
      }
      guard open <= mostNested else { throw TemplateProblem("has sections in more than \(mostNested) others") }
    }
  }
}
