package import Core
package import Operations
import Postgres
import Secrets

/// Writes down a patient's vital signs; a critical one raises an alert in the same transaction.
package struct RecordVitals: JoinedOperation {
  package let patientId: PatientID
  package let heartRate: HeartRate?
  package let systolic: SystolicPressure?
  package let diastolic: DiastolicPressure?
  package let temperature: Temperature?
  package let respiratoryRate: RespiratoryRate?
  package let oxygenSaturation: OxygenSaturation?
  package let bloodGlucose: BloodGlucose?
  package let pain: PainScore?
  package let notes: ShortText?

  package static let contract = Contract(
    name: "patient.recordVitals", route: .post("/patients/{patientId}/vitals", status: 201),
    summary: "Write down vital signs", message: "The vital signs are written down.",
    access: .permission(.recordVitals), limit: RateLimit("patient.recordVitals", max: 300, windowSeconds: 60),
    mode: .write, audit: .row(action: "vitals_recorded", category: .patient), cache: .never)

  package func run(_ call: inout WriteCall, _ alarms: PatientAlarms) async throws -> Reading {
    let values = try checked()
    let patient = try await call.openPatient(patientId)
    guard patient.status == .active else { throw Failure(.conflict, "The patient is discharged.") }
    let id = Identifier<AnyEntity>.new(at: call.now)
    var alert: AlertID?
    if let urgency = values.urgency {
      alert = try await alarms.raise(
        &call,
        PatientAlarm(
          patient: patientId, room: patient.room, department: patient.department, urgency: urgency,
          words: "Out of limits: \(Self.titles(of: values.critical)).")
      )
    }
    let sealed = try notes.map {
      try call.secrets.seal($0.text, for: .patientRecord, place: Reading.place(of: id, in: patient.hospital))
    }
    let rows = try await call.transaction.query(
      VitalsQueries.insert(
        id, of: patientId, in: patient.hospital, by: try call.person, values: values, notes: sealed, alert: alert))
    guard let row = rows.first else { throw Failure.internalFault }
    call.audit.resource("vitals", id)
    call.audit.details["critical"] = .integer(Int64(values.critical.count))
    return try Reading(row, call)
  }

  private static func titles(of signs: [VitalSign]) -> String {
    var titles: [String] = []
    for sign in signs where !titles.contains(sign.title) { titles.append(sign.title) }
    return titles.joined(separator: ", ")
  }

  /// At least one sign, and the two pressures together, the upper above the lower.
  private func checked() throws(Failure) -> VitalValues {
    var values: [VitalSign: Double] = [:]
    let whole: [(VitalSign, Int64?)] = [
      (.heartRate, heartRate?.value), (.systolic, systolic?.value), (.diastolic, diastolic?.value),
      (.respiratoryRate, respiratoryRate?.value), (.oxygenSaturation, oxygenSaturation?.value),
      (.bloodGlucose, bloodGlucose?.value), (.pain, pain?.value),
    ]
    for (sign, value) in whole { values[sign] = value.map { Double($0) } }
    values[.temperature] = temperature?.value
    guard !values.isEmpty else { throw .invalid("heartRate", "is required, or another vital sign", rule: "required") }
    switch (systolic, diastolic) {
    case (_?, nil): throw .invalid("diastolic", "belongs to systolic", rule: "required")
    case (nil, _?): throw .invalid("systolic", "belongs to diastolic", rule: "required")
    case (let upper?, let lower?) where upper.value <= lower.value:
      throw .invalid("systolic", "must be above diastolic", rule: "consistent")
    default: return VitalValues(values)
    }
  }
}
