package import Core
package import Operations

/// What an alert for a patient needs; its words name no value and no patient.
package struct PatientAlarm: Sendable {
  package let patient: PatientID
  package let room: String?
  package let department: DepartmentID?
  package let urgency: Int64
  package let words: String
}

/// What the domain of alerts does for patients, in the transaction of the deed: patients do not know it, the
/// composition root puts the two together.
package struct PatientAlarms: Sendable {
  /// Raises an alert; nil where the hospital takes none.
  package let raise: @Sendable (inout WriteCall, PatientAlarm) async throws -> AlertID?
  /// Ends the open alerts of a patient who leaves; says how many.
  package let resolve: @Sendable (inout WriteCall, PatientID) async throws -> Int

  package init(
    raise: @escaping @Sendable (inout WriteCall, PatientAlarm) async throws -> AlertID?,
    resolve: @escaping @Sendable (inout WriteCall, PatientID) async throws -> Int
  ) {
    self.raise = raise
    self.resolve = resolve
  }
}
