package import Core
package import Operations
import Postgres

/// Shows how a mail of the hospital stands: queued, sent or failed, and why.
package struct GetMail: ReadOperation {
  package let mailId: DeliveryID

  package static let contract = Contract(
    name: "mails.get", aliases: ["mails.getStatus"], route: .get("/mails/{mailId}"),
    summary: "Show how a mail stands", message: "The mail.", access: .permission(.manageHospital), limit: .standard,
    mode: .read, audit: .refusalsOnly(category: .tenancy), cache: .never)

  package func run(_ call: ReadCall) async throws -> Document<MailKind> {
    try Document(try await call.row(MailQueries.find(mailId, in: try call.hospital.id), else: "mail"))
  }
}

/// Lists the hospital's mails but those about alerts, the newest first.
package struct ListMails: ReadOperation {
  package let paging: Paging<MailKind>

  package static let contract = Contract(
    name: "mails.list", route: .get("/mails"), summary: "List the hospital's mails", message: "The mails.",
    access: .permission(.manageHospital), limit: .standard, mode: .read, audit: .refusalsOnly(category: .tenancy),
    cache: .never)

  package init(from decoder: any Decoder) throws { paging = try Paging(from: decoder) }

  package func run(_ call: ReadCall) async throws -> Documents<MailKind> {
    try await call.documents(MailQueries.list(in: try call.hospital.id), paging, named: "mails")
  }
}
