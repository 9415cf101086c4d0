package import Core
package import Operations
package import Patients
import Postgres
import Secrets

/// Prescribes drugs after a visit; one that stands already is replaced. What speaks against it has to be answered with a
/// reason.
package struct CreatePrescription: WriteOperation {
  package let appointmentId: AppointmentID
  package let medications: ObjectList<PrescribedDrug>
  package let instructions: ClinicalText?
  package let followUpDate: CalendarDay?
  package let overrideReason: ShortText?

  package static let contract = Contract(
    name: "prescriptions.create", route: .post("/prescriptions", status: 201), summary: "Prescribe after a visit",
    message: "It is prescribed.", access: .permission(.conductVisits), limit: .standard, mode: .write,
    audit: .row(action: "prescription_created", category: .patient), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<PrescriptionKind> {
    guard !medications.parts.isEmpty else {
      throw Failure.invalid("medications", "must name at least one drug", rule: "minItems")
    }
    let hospital = try call.hospital.id
    guard
      let found = try await call.transaction.query(VisitQueries.find(appointmentId, in: hospital, locks: true)).first
    else { throw Failure.invalid("appointmentId", "refers to nothing in this hospital", rule: "exists") }
    let visit = try Visit(found)
    let patient = try await call.openPatient(visit.patient)
    try visit.mustBe(of: try call.person)
    try visit.mustBe(["completed"], "Drugs are prescribed once the visit is over.")
    let warnings = try await call.warnings(medications.parts.map(\.name.text), for: patient, at: visit)
    guard warnings.isEmpty || overrideReason != nil else {
      throw Failure(
        .conflict, "Something speaks against it: an allergy, or a drug like it that is taken already.",
        details: ["warnings": .array(warnings.map(\.json))])
    }
    let id = PrescriptionID.new(at: call.now)
    let code = PrescriptionCode.random()
    let content = JSONValue.of([
      ("medications", medications.json), ("instructions", instructions?.json), ("followUpDate", followUpDate?.json),
      ("warnings", warnings.isEmpty ? nil : .array(warnings.map(\.json))), ("overrideReason", overrideReason?.json),
      ("verificationCode", code.json),
    ])
    let sealed = try call.secrets.seal(
      content.encoded, for: .patientRecord, place: Prescription.place(of: id, in: hospital))
    call.transaction.queue(PrescriptionQueries.replace(of: visit.id, in: hospital))
    let rows = try await call.transaction.query(
      PrescriptionQueries.insert(id, for: visit, in: hospital, content: sealed, code: code))
    guard let row = rows.first else { throw Failure.internalFault }
    call.audit.resource("prescription", id)
    call.audit.details["warnings"] = .integer(Int64(warnings.count))
    return Document(json: try Prescription(row, call).json())
  }
}

extension DrugSafety.Warning {
  /// Which drug and why, and nothing of the patient.
  var json: JSONValue { ["medication": .integer(Int64(drug)), "reason": .string(reason.rawValue)] }
}

extension WriteCall {
  /// What speaks against these drugs: of the chart, the record, and what other visits have prescribed.
  fileprivate func warnings(
    _ drugs: [String], for patient: Patient, at visit: Visit
  ) async throws -> [DrugSafety.Warning] {
    let results = try await transaction.queries([
      ChartQueries.list(
        of: patient.id, AllergyKind.word, in: patient.hospital, after: nil, limit: 200, skip: 0),
      PrescriptionQueries.active(of: patient.id, besides: visit.id, in: patient.hospital),
    ])
    guard results.count == 2 else { throw Failure.internalFault }
    let charted = try results[0].map { try ChartItem<AllergyKind>($0, self).content }
    var safety = DrugSafety()
    safety.allergies =
      charted.filter { $0["standing"]?.text != AllergyStanding.inactive.rawValue }.compactMap { $0["substance"]?.text }
      + (patient.record[.allergies]?.items ?? []).compactMap(\.text)
    safety.taken =
      try results[1].flatMap { try Prescription($0, self).taken(at: now) }
      + (patient.record[.medications]?.items ?? []).compactMap { $0["name"]?.text }
    return safety.warnings(drugs)
  }
}
