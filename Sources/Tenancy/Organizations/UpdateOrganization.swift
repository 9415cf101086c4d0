package import Core
package import Operations
import Postgres

/// Changes the organisation of the caller's hospital; what is not given stays as it is.
package struct UpdateOrganization: WriteOperation {
  package enum Size: String, ChoicePrimitive { case solo, small, medium, large, enterprise }

  package let name: TenantName?
  package let type: OrganizationType?
  package let size: Size?
  package let industry: NameText?
  package let website: WebAddress?
  package let description: LongText?
  package let email: EmailAddress?
  package let phone: PhoneNumber?
  package let address: ShortText?

  package static let contract = Contract(
    name: "organization.update", route: .patch("/organization"), summary: "Change the organisation",
    message: "The organisation is changed.", access: .permission(.manageOrganization), limit: .standard, mode: .write,
    audit: .row(action: "organization_updated", category: .tenancy), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<OrganizationKind> {
    let hospital = try call.hospital
    call.transaction.queue(OrganizationQueries.update(self))
    let rows = try await call.transaction.query(OrganizationQueries.organization(of: hospital.id))
    guard let row = rows.first else { throw Failure.notFound("organisation") }
    call.audit.resource("organization", hospital.organizationID)
    return try Document(row)
  }
}

/// An address in the web: `https://` or `http://`, at most 300 characters.
package struct WebAddress: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 1...300 }
  package static var sample: String { "https://example.org" }
  package static var pattern: String? { "^https?://[!-~]+$" }
  package static func normalise(_ text: String) throws(InvalidValue) -> String {
    let rest = text.hasPrefix("https://") ? text.dropFirst(8) : text.hasPrefix("http://") ? text.dropFirst(7) : ""
    guard !rest.isEmpty, rest.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      throw InvalidValue("must be an address that begins with https://", rule: "pattern")
    }
    return text
  }
}

/// A longer free text: 1 to 1,000 characters.
package struct LongText: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 1...1000 }
  package static var sample: String { "Two hospitals and five clinics." }
}
