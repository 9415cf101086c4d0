package import Core
package import Identity
package import Operations

/// Opens a record that is kept to another department, with a reason and a second factor, for an hour at most.
package struct BreakGlass: PreparedOperation {
  package let patientId: PatientID
  package let reason: EmergencyReason
  package let code: OneTimeCode
  package let minutes: EmergencyMinutes?

  package static let contract = Contract(
    name: "patient.breakGlass", route: .post("/patients/{patientId}/emergency-access", status: 201),
    summary: "Open a record in an emergency", message: "The record is open to you. This will be reviewed.",
    access: .permission(.breakGlass), limit: RateLimit("patient.breakGlass", max: 20, windowSeconds: 3600),
    mode: .write, audit: .row(action: "emergency_access_opened", category: .patient), cache: .never)

  /// The code is used up before the transaction, so that no guess is forgotten with one that fails.
  package func prepare(_ call: Preparation) async throws {
    guard let person = call.caller?.userID else { throw Failure.signInFirst }
    try await SecondFactor.check(code, of: person, in: call)
  }

  package func run(_ call: inout WriteCall, _ prepared: Void) async throws -> Document<AccessReviewKind> {
    let minutes = minutes?.value ?? EmergencyAccess.longestMinutes
    return try await EmergencyAccess(patient: patientId, reason: reason, minutes: minutes).open(&call)
  }
}

/// For how long a record is opened: 1 to 60 minutes.
package struct EmergencyMinutes: IntegerPrimitive {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var range: ClosedRange<Int64> { 1...EmergencyAccess.longestMinutes }
}
