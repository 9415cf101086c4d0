import Mustache

/// A message's words with `{{name}}` where a value goes and `{{#name}}…{{/name}}` around what is said only when there is
/// one (mustache). Subject and text are plain; a mail may have an HTML part, in which every value is escaped.
package struct TemplateText: Sendable, Equatable {
  package let subject: String
  package let body: String
  package let html: String?

  package init(subject: String, body: String, html: String? = nil) {
    self.subject = subject
    self.body = body
    self.html = html
  }

  /// Filled in. Throws ``TemplateProblem`` when the words are no template.
  package func filled(_ values: [String: String]) throws -> FilledText {
    FilledText(
      title: try Self.fill(subject, values, isHTML: false).split(whereSeparator: \.isNewline).joined(separator: " "),
      text: try Self.fill(body, values, isHTML: false), html: try html.map { try Self.fill($0, values, isHTML: true) })
  }

  private static func fill(_ text: String, _ values: [String: String], isHTML: Bool) throws -> String {
    try TemplateTags.checkNesting(of: text)
    // What is empty is not there, so that a section around it is left out.
    let present = values.filter { !$0.value.isEmpty }
    do {
      return try MustacheTemplate(string: (isHTML ? "" : "{{% CONTENT_TYPE:TEXT}}") + text).render(present)
    } catch {
      throw TemplateProblem("is no mustache template: a tag or a section is not closed")
    }
  }
}

package struct FilledText: Sendable, Equatable {
  package let title: String
  package let text: String
  package let html: String?
}

/// Why words are no template, for the person who wrote them.
package struct TemplateProblem: Error, Sendable, Equatable {
  package let message: String
  init(_ message: String) { self.message = message }
}
