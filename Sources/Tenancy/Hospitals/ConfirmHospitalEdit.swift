import Core
package import Operations
import Postgres

/// Opens one change of the hospital's particulars, within ten minutes, with the mailed code. A try counts even though
/// its call fails, so it is counted before the transaction.
package struct ConfirmHospitalEdit: PreparedOperation {
  package let code: EditCode

  package static let contract = Contract(
    name: "hospitals.confirmEdit", route: .post("/hospital/edit-verification/confirmation"),
    summary: "Confirm the code to change the hospital's particulars", message: "You may change the hospital now, once.",
    access: .permission(.manageHospital), limit: RateLimit("hospitals.confirmEdit", max: 10, windowSeconds: 300),
    mode: .write, audit: .row(action: "hospital_edit_confirmed", category: .security), cache: .never)

  package func prepare(_ call: Preparation) async throws -> Bool {
    guard let hospital = call.caller?.hospital?.id, let user = call.caller?.userID else { throw Failure.signInFirst }
    let rows = try await call.rows(HospitalQueries.tryEdit(hospital, by: user, codeHash: code.hash(for: hospital)))
    guard try rows.first?.decode("outcome", as: String.self) == "right" else {
      throw Failure(.forbidden, "This code is wrong or good no more.")
    }
    return true
  }

  package func run(_ call: inout WriteCall, _ isConfirmed: Bool) async throws -> Done {
    call.audit.resource("hospital", try call.hospital.id)
    return Done()
  }
}
