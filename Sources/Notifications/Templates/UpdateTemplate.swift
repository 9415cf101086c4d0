import Core
package import Operations
import Postgres

/// Lists the words of all messages in the hospital, Ward's and its own.
package struct ListMessageTemplates: ReadOperation {
  package let paging: Paging<MessageTemplateKind>

  package static let contract = Contract(
    name: "notification.listTemplates", route: .get("/notification-templates"), summary: "List the words of messages",
    message: "The templates.", access: .permission(.manageHospital), limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .tenancy), cache: .never)

  package init(from decoder: any Decoder) throws { paging = try Paging(from: decoder) }

  package func run(_ call: ReadCall) async throws -> Documents<MessageTemplateKind> {
    try await call.documents(WordQueries.all(in: try call.hospital.id), paging, named: "message templates")
  }
}

/// Gives a message the hospital's own words in a language; words that do not render are refused.
package struct UpdateMessageTemplate: WriteOperation {
  package let name: TemplateName
  package let language: Language
  package let subject: SubjectTemplate
  package let body: BodyTemplate
  package let html: HTMLTemplate?

  package static let contract = Contract(
    name: "notification.updateTemplate", route: .put("/notification-templates/{name}/{language}"),
    summary: "Give a message the hospital's own words", message: "The template is kept.",
    access: .permission(.manageHospital), limit: .standard, mode: .write,
    audit: .row(action: "notification_template_changed", category: .tenancy), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<MessageTemplateKind> {
    let message = try name.message()
    let text = try message.check(subject: subject, body: body, html: html)
    let rows = try await call.transaction.query(
      WordQueries.put(
        text, named: name.text, language: language.text, values: message.names.sorted(), in: try call.hospital.id,
        by: try call.person))
    guard let row = rows.first else { throw Failure.internalFault }
    call.audit.details = ["name": .string(name.text), "language": .string(language.text)]
    return try Document(row)
  }
}

/// Takes the hospital's own words for a message away: Ward's count again.
package struct DeleteMessageTemplate: WriteOperation {
  package let name: TemplateName
  package let language: Language

  package static let contract = Contract(
    name: "notification.deleteTemplate", route: .delete("/notification-templates/{name}/{language}"),
    summary: "Take the hospital's own words away", message: "Ward's own words count again.",
    access: .permission(.manageHospital), limit: .standard, mode: .write,
    audit: .row(action: "notification_template_deleted", category: .tenancy), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Done {
    let rows = try await call.transaction.query(
      WordQueries.delete(name.text, language: language.text, in: try call.hospital.id))
    guard !rows.isEmpty else { throw Failure.notFound("template") }
    call.audit.details = ["name": .string(name.text), "language": .string(language.text)]
    return Done()
  }
}

/// Shows what words would say, with the values of a sample; keeps nothing.
package struct PreviewMessageTemplate: ReadOperation {
  package let name: TemplateName
  package let subject: SubjectTemplate
  package let body: BodyTemplate
  package let html: HTMLTemplate?

  package static let contract = Contract(
    name: "notification.previewTemplate", route: .post("/notification-templates/preview"),
    summary: "Show what a template would say", message: "The preview.", access: .permission(.manageHospital),
    limit: .standard, mode: .read, audit: .refusalsOnly(category: .tenancy), cache: .never)

  package struct Output: Record {
    package let subject: LetterText
    package let body: LetterText
    /// Every value in it is escaped.
    package let html: LetterText?
  }

  package func run(_ call: ReadCall) async throws -> Output {
    let message = try name.message()
    let text = try message.check(subject: subject, body: body, html: html)
    do {
      let filled = try text.filled(message.samples)
      return Output(
        subject: LetterText(unchecked: filled.title), body: LetterText(unchecked: filled.text),
        html: filled.html.map { LetterText(unchecked: $0) })
    } catch let problem as TemplateProblem {
      throw Failure.invalid("body", problem.message, rule: "template")
    }
  }
}
