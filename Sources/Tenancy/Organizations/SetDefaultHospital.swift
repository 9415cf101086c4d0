package import Core
package import Operations
import Postgres

/// Makes a hospital the organisation's default one; the earlier one is it no more.
package struct SetDefaultHospital: WriteOperation {
  package let hospitalId: HospitalID

  package static let contract = Contract(
    name: "organization.setDefaultHospital", aliases: ["healthcare.setDefaultHospital"],
    route: .put("/organization/default-hospital"), summary: "Choose the organisation's default hospital",
    message: "The default hospital is set.", access: .permission(.manageOrganization), limit: .standard, mode: .write,
    audit: .row(action: "default_hospital_set", category: .tenancy), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<OrganizationKind> {
    let results = try await call.transaction.queries([
      OrganizationQueries.setDefault(hospitalId), OrganizationQueries.organization(of: try call.hospital.id),
    ])
    guard results.count == 2, try results[0].first?.decode("changed", as: Bool.self) == true,
      let row = results[1].first
    else { throw Failure.invalid("hospitalId", "is no hospital of this organisation", rule: "exists") }
    call.audit.resource("hospital", hospitalId)
    return try Document(row)
  }
}
