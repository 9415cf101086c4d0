package import Operations
import Postgres

/// Lists the hospitals in which the caller works.
package struct ListHospitals: ReadOperation {
  package let paging: Paging<OwnHospitalKind>

  package static let contract = Contract(
    name: "hospitals.getAll", aliases: ["healthcare.getAvailableHospitals"], route: .get("/hospitals"),
    summary: "List my hospitals", message: "Your hospitals.", access: .person, limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .tenancy), cache: .never)

  package init(from decoder: any Decoder) throws { paging = try Paging(from: decoder) }

  package func run(_ call: ReadCall) async throws -> Documents<OwnHospitalKind> {
    try await call.documents(HospitalQueries.hospitals(of: try call.person), paging, named: "hospitals")
  }
}
