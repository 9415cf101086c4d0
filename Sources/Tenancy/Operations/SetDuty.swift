import Core
package import Operations
import Postgres

/// Goes on duty or off; alerts reach those who are on duty.
package struct SetDuty: WriteOperation {
  package let isOnDuty: Bool

  package static let contract = Contract(
    name: "healthcare.toggleOnDuty", route: .put("/duty"), summary: "Go on duty or off duty",
    message: "Your duty is noted.", access: .permission(.startShift), limit: .standard, mode: .write,
    audit: .row(action: "duty_changed", category: .tenancy), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<DutyKind> {
    let user = try call.person
    let hospital = try call.hospital.id
    let rows = try await call.transaction.query(TenancyQueries.setDuty(of: user, in: hospital, to: isOnDuty))
    guard let row = rows.first else { throw Failure.notFound("membership") }
    call.audit.resource("membership", user)
    call.audit.details["isOnDuty"] = .bool(isOnDuty)
    call.emit(
      Event(
        "staff:duty_changed", to: [.hospital(hospital)],
        payload: ["userId": .string(user.text), "isOnDuty": .bool(isOnDuty)]))
    return try Document(row)
  }
}
