import Core
package import Postgres

/// The words for a message in the reader's language: the hospital's own, then Ward's, then the same in English.
package struct Words: Sendable {
  private struct Place: Hashable {
    let name: String
    let language: String
  }

  private var own: [Place: TemplateText] = [:]

  package init() {}

  /// From the rows of ``WordQueries/texts(_:in:)``.
  package init(_ rows: Rows) throws {
    for row in rows {
      let place = Place(name: try row.decode("name"), language: try row.decode("language"))
      own[place] = TemplateText(
        subject: try row.decode("subject"), body: try row.decode("body"), html: try row.decode("html"))
    }
  }

  /// A hospital's own words that do not render give way to Ward's: a message never fails for them.
  package func filled(_ name: String, _ language: String, _ values: [String: String]) throws -> FilledText {
    guard let template = MessageTemplate.byName[name] else { throw TemplateProblem("is no message of Ward") }
    for language in [language, "en"] {
      if let text = own[Place(name: name, language: language)], let filled = try? text.filled(values) { return filled }
      if let text = template.texts[language] { return try text.filled(values) }
    }
    throw TemplateProblem("has no words")
  }
}
