package import Core
package import Operations
package import Patients
import Postgres

/// Shows one prescription.
package struct ShowPrescription: WriteOperation {
  let prescriptionId: PrescriptionID

  package static let contract = Contract(
    name: "prescriptions.get", route: .get("/prescriptions/{prescriptionId}"), summary: "Show a prescription",
    message: "The prescription.", access: .permission(.viewPatients),
    limit: RateLimit("prescriptions.get", max: 300, windowSeconds: 60), mode: .read,
    audit: .reads(action: "prescription_viewed"), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<PrescriptionKind> {
    Document(json: try await call.openPrescription(prescriptionId).prescription.json())
  }
}

/// Lists a patient's prescriptions, the newest first.
package struct ListPrescriptions: WriteOperation {
  package let patientId: PatientID
  package let paging: Paging<PrescriptionKind>

  package static let contract = Contract(
    name: "prescriptions.list", route: .get("/patients/{patientId}/prescriptions"),
    summary: "List a patient's prescriptions", message: "The prescriptions.", access: .permission(.viewPatients),
    limit: RateLimit("prescriptions.list", max: 300, windowSeconds: 60), mode: .read,
    audit: .reads(action: "prescriptions_viewed"), cache: .never)

  private enum Key: String, CodingKey { case patientId }

  package init(from decoder: any Decoder) throws {
    patientId = try decoder.container(keyedBy: Key.self).decode(PatientID.self, forKey: .patientId)
    paging = try Paging(from: decoder)
  }

  package func run(_ call: inout WriteCall) async throws -> OpenedPage<PrescriptionKind> {
    try await call.prescriptions(of: try await call.openPatient(patientId), paging)
  }
}

/// Lists the caller's own prescriptions.
package struct ListOwnPrescriptions: WriteOperation {
  package let paging: Paging<PrescriptionKind>

  package static let contract = Contract(
    name: "prescriptions.mine", route: .get("/my-record/prescriptions"), summary: "List one's own prescriptions",
    message: "Your prescriptions.", access: .person, limit: .standard, mode: .read,
    audit: .reads(action: "own_prescriptions_viewed"), cache: .never)

  package init(from decoder: any Decoder) throws { paging = try Paging(from: decoder) }

  package func run(_ call: inout WriteCall) async throws -> OpenedPage<PrescriptionKind> {
    try await call.prescriptions(of: try await call.openOwnRecord(), paging)
  }
}

extension WriteCall {
  /// A prescription whose patient the caller may open; that he did is on record.
  mutating func openPrescription(
    _ id: PrescriptionID, locks: Bool = false
  ) async throws -> (prescription: Prescription, patient: Patient) {
    try await openPrescription(PrescriptionQueries.find(id, in: try hospital.id, locks: locks))
  }

  mutating func openPrescription(_ query: SQL) async throws -> (prescription: Prescription, patient: Patient) {
    guard let row = try await transaction.query(query).first else { throw Failure.notFound("prescription") }
    let prescription = try Prescription(row, self)
    let patient = try await openPatient(prescription.patient)
    audit.resource("prescription", prescription.id)
    return (prescription, patient)
  }

  func prescriptions(
    of patient: Patient, _ paging: Paging<PrescriptionKind>
  ) async throws -> OpenedPage<PrescriptionKind> {
    let place = try paging.place(in: "prescriptions \(patient.id.text)")
    let after = try place.after.map(Self.prescriptionKey)
    let results = try await transaction.queries([
      PrescriptionQueries.list(
        of: patient.id, in: patient.hospital, after: after, limit: place.limit, skip: place.skip),
      PrescriptionQueries.count(of: patient.id, in: patient.hospital),
    ])
    guard results.count == 2, let counted = results[1].first else { throw Failure.internalFault }
    let shown = try results[0].prefix(place.limit).map { try Prescription($0, self) }
    let page = place.page(rows: results[0].count, total: try counted.decode("total", as: Int.self)) {
      shown.last.map { [$0.id.text] } ?? []
    }
    return OpenedPage(shown.map { $0.json(paging.shape) }, page: page)
  }

  private static func prescriptionKey(_ key: [String]) throws(Failure) -> PrescriptionID {
    guard key.count == 1, let id = PrescriptionID(key[0]) else { throw PageCursor.foreign }
    return id
  }
}
