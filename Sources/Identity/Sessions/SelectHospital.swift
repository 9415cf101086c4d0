package import Core
package import Operations
import Postgres

/// Chooses the hospital for which the session speaks where a call names none.
package struct SelectHospital: WriteOperation {
  package let hospitalId: HospitalID

  package static let contract = Contract(
    name: "auth.selectHospital", route: .put("/session/hospital"), summary: "Choose my hospital",
    message: "The hospital is chosen.", access: .signedIn, limit: .standard, mode: .write,
    audit: .row(action: "hospital_selected", category: .identity), cache: .never)

  package struct Output: Record {
    package let hospitalId: HospitalID
  }

  package func run(_ call: inout WriteCall) async throws -> Output {
    let session = try call.caller.session()
    guard try await !call.transaction.query(SessionQueries.choose(hospitalId, for: session)).isEmpty else {
      throw Failure.invalid("hospitalId", "refers to no hospital of yours", rule: "exists")
    }
    call.audit.resource("session", session)
    return Output(hospitalId: hospitalId)
  }
}
