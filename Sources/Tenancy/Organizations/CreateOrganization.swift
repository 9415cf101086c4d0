package import Core
package import Operations
import Postgres

/// Makes an organisation with its first hospital; whoever makes it administers both.
package struct CreateOrganization: WriteOperation {
  package let name: TenantName
  package let slug: Slug
  package let type: OrganizationType?
  /// The name of the first hospital; the organisation's where it is not given.
  package let hospitalName: TenantName?
  /// The slug where it is not given, without `-` at its ends.
  package let subdomain: Subdomain?
  package let hospitalType: HospitalType?
  package let timeZone: TimeZoneName?

  package static let contract = Contract(
    name: "organization.create", route: .post("/organizations", status: 201), summary: "Make an organisation",
    message: "The organisation and its first hospital are made.", access: .person,
    limit: RateLimit("organization.create", max: 5, windowSeconds: 3600), mode: .write,
    audit: .row(action: "organization_created", category: .tenancy), cache: .never)

  package struct Output: Record {
    package let organizationId: OrganizationID
    package let hospitalId: HospitalID
  }

  package func run(_ call: inout WriteCall) async throws -> Output {
    _ = try call.person
    let host = subdomain?.text ?? slug.trimmed
    guard !host.isEmpty else {
      throw Failure.invalid("subdomain", "must be given where the slug has no letter or digit", rule: "required")
    }
    let new = NewOrganization(
      id: .new(at: call.now), name: name.text, slug: slug.text, kind: (type ?? .business).rawValue,
      hospital: .new(at: call.now), hospitalName: (hospitalName ?? name).text, subdomain: host,
      hospitalKind: (hospitalType ?? .hospital).rawValue, timeZone: timeZone?.text ?? "UTC")
    try await new.write(timeZone, call.transaction)
    call.audit.resource("organization", new.id)
    call.audit.details["hospitalId"] = .string(new.hospital.text)
    return Output(organizationId: new.id, hospitalId: new.hospital)
  }
}

extension Slug {
  fileprivate var trimmed: String {
    let inside = text.drop { $0 == "-" }
    return String(inside.reversed().drop { $0 == "-" }.reversed())
  }
}

extension NewOrganization {
  /// Writes both for the person of the transaction; what is taken is named.
  func write(_ zone: TimeZoneName?, _ transaction: Transaction) async throws {
    let results = try await transaction.queries([
      OrganizationQueries.isTimeZone(zone), OrganizationQueries.create(self),
    ])
    guard results.count == 2, let known = results[0].first, let made = results[1].first else {
      throw Failure.internalFault
    }
    guard try known.decode("known", as: Bool.self) else { throw Failure.unknownTimeZone }
    try Failure.refuseTaken(try made.decode("outcome"))
  }
}

extension Failure {
  static let unknownTimeZone = invalid("timeZone", "is no time zone that is known", rule: "exists")

  /// Throws unless the outcome of making a hospital says that it was made.
  static func refuseTaken(_ outcome: String) throws(Failure) {
    switch outcome {
    case "made": return
    case "forbidden": throw Failure(.forbidden, "Only an administrator of the organisation adds hospitals to it.")
    default: throw Failure(.conflict, "This \(outcome) is taken.", details: ["field": .string(outcome)])
    }
  }
}
