/// What a template may say: the names that its message has, sections of them and comments. No partial, no other
/// delimiters, no unescaped value: words of a hospital reach nothing but the message's own values.
struct TemplateCheck {
  let names: Set<String>

  /// The first thing that is wrong; nil when the text renders.
  func problem(in text: String) -> String? {
    var open: [Substring] = []
    var tags = TemplateTags(text)
    do {
      while let tag = try tags.next() {
        if let problem = problem(of: tag, &open) { return problem }
      }
    } catch {
      return error.message
    }
    if let last = open.last { return "opens the section \(last.prefix(50)) and does not close it" }
    // The rules above are narrower than mustache's; the renderer has the last word all the same.
    do {
      _ = try TemplateText(subject: "", body: text).filled([:])
      return nil
    } catch {
      return (error as? TemplateProblem)?.message ?? "is no mustache template"
    }
  }

  private func problem(of tag: Substring, _ open: inout [Substring]) -> String? {
    guard let first = tag.first else { return "has an empty tag" }
    switch first {
    case "!": return nil
    case "#", "^":
      let name = Self.trimmed(tag.dropFirst())
      open.append(name)
      return unknown(name)
    case "/":
      let name = Self.trimmed(tag.dropFirst())
      guard open.popLast() == name else { return "closes the section \(name.prefix(50)), which is not the open one" }
      return nil
    case ">", "<", "$": return "must not take in other templates ({{\(first)…}})"
    case "{", "&": return "must not leave a value unescaped ({{\(first)…}})"
    case "=", "%": return "must not change mustache's own signs ({{\(first)…}})"
    default: return unknown(Self.trimmed(tag))
    }
  }

  private func unknown(_ name: Substring) -> String? {
    guard !names.contains(String(name)) else { return nil }
    return "has no value \(name.prefix(50)); there are \(names.sorted().joined(separator: ", "))"
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text.drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}
