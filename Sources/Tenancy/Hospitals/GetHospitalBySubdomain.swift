package import Operations
import Postgres

/// Shows what everybody may know of the hospital of a subdomain.
package struct GetHospitalBySubdomain: ReadOperation {
  package let subdomain: Subdomain

  package static let contract = Contract(
    name: "hospitals.getBySubdomain", route: .get("/hospitals/by-subdomain/{subdomain}"),
    summary: "Find a hospital by its subdomain", message: "The hospital.", access: .everyone, limit: .standard,
    mode: .read, audit: .refusalsOnly(category: .tenancy),
    cache: .lasts(.hospital, dependsOn: [.hospitals], for: .everybody))

  package func run(_ call: ReadCall) async throws -> Document<PublicHospitalKind> {
    try Document(try await call.row(HospitalQueries.named(subdomain), else: "hospital"))
  }
}
