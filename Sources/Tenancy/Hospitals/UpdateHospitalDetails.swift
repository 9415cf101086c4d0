package import Core
package import Operations
import Postgres

/// Changes what the hospital is called and where it is found: once after a code was confirmed. What is not given stays.
package struct UpdateHospitalDetails: WriteOperation {
  package let name: TenantName?
  package let subdomain: Subdomain?
  package let licenseNumber: LicenseNumber?
  package let taxNumber: TaxNumber?
  package let email: EmailAddress?
  package let phone: PhoneNumber?
  package let address: ShortText?

  package static let contract = Contract(
    name: "hospitals.updateDetails", route: .put("/hospital/details"), summary: "Change the hospital's particulars",
    message: "The hospital is changed.", access: .permission(.manageHospital), limit: .standard, mode: .write,
    audit: .row(action: "hospital_updated", category: .security), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<HospitalKind> {
    let hospital = try call.hospital.id
    let open = try await call.transaction.query(HospitalQueries.spendEdit(hospital, by: try call.person))
    guard !open.isEmpty else { throw Failure(.forbidden, "Confirm the code first that was sent to you.") }
    let details = HospitalDetails(
      name: name?.text, subdomain: subdomain?.text, licenseNumber: licenseNumber?.text, taxNumber: taxNumber?.text,
      email: email?.text, phone: phone?.text, address: address?.text)
    guard let row = try await call.transaction.query(HospitalQueries.update(hospital, details)).first else {
      throw Failure.notFound("hospital")
    }
    call.audit.resource("hospital", hospital)
    return try Document(row)
  }
}
