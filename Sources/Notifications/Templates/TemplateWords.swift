package import Core

/// The name of a message that Ward writes, such as `alert-created`.
package struct TemplateName: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 1...50 }
  package static var sample: String { "alert-created" }
  package static var pattern: String? { "^[a-z][a-z-]*$" }
  package static func normalise(_ text: String) throws(InvalidValue) -> String {
    guard text.utf8.allSatisfy({ (97...122).contains($0) || $0 == 45 }), text.utf8.first != 45 else {
      throw InvalidValue("must be a name such as alert-created", rule: "pattern")
    }
    return text
  }

  /// The message; throws where Ward writes none of this name.
  func message() throws(Failure) -> MessageTemplate {
    guard let template = MessageTemplate.byName[text] else { throw .notFound("template") }
    return template
  }
}

/// One line: a subject with `{{name}}` where a value goes.
package struct SubjectTemplate: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 1...200 }
  package static var sample: String { "{{type}}, room {{room}}" }
}

/// Plain text with `{{name}}` where a value goes.
package struct BodyTemplate: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 1...4000 }
  package static var sample: String { "{{type}} in room {{room}}: {{link}}" }
}

/// HTML with `{{name}}` where a value goes, escaped.
package struct HTMLTemplate: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 1...16_000 }
  package static var sample: String { "<p><b>{{type}}</b> in room {{room}}</p>" }
}

extension MessageTemplate {
  /// Throws every part that does not render, each with what is wrong.
  func check(subject: SubjectTemplate, body: BodyTemplate, html: HTMLTemplate?) throws(Failure) -> TemplateText {
    let check = TemplateCheck(names: names)
    let parts: [(String, String?)] = [("subject", subject.text), ("body", body.text), ("html", html?.text)]
    let problems = parts.compactMap { path, text in
      text.flatMap { check.problem(in: $0) }.map { FieldProblem(path: path, message: $0, rule: "template") }
    }
    guard problems.isEmpty else { throw .invalid(problems) }
    return TemplateText(subject: subject.text, body: body.text, html: html?.text)
  }
}
