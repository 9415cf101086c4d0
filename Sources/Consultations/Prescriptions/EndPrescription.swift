import Core
package import Operations
import Postgres

/// Takes a prescription back; only its doctor, before a pharmacy has given the drugs out.
package struct CancelPrescription: WriteOperation {
  let prescriptionId: PrescriptionID

  package static let contract = Contract(
    name: "prescriptions.cancel", route: .post("/prescriptions/{prescriptionId}/cancellation"),
    summary: "Take a prescription back", message: "The prescription is taken back.",
    access: .permission(.conductVisits), limit: .standard, mode: .write,
    audit: .row(action: "prescription_cancelled", category: .patient), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<PrescriptionKind> {
    let prescription = try await call.openPrescription(prescriptionId, locks: true).prescription
    guard prescription.doctor == (try call.person) else {
      throw Failure(.forbidden, "Only the doctor of this visit can do this.")
    }
    try prescription.mustBeOpen()
    return try await call.write(PrescriptionQueries.cancel(prescriptionId, in: try call.hospital.id))
  }
}

/// Notes that the drugs were given out, once.
package struct DispensePrescription: WriteOperation {
  let prescriptionId: PrescriptionID

  package static let contract = Contract(
    name: "prescriptions.dispense", route: .post("/prescriptions/{prescriptionId}/dispensation"),
    summary: "Note that prescribed drugs were given out", message: "The drugs are given out.",
    access: .permission(.dispenseMedication), limit: .standard, mode: .write,
    audit: .row(action: "prescription_dispensed", category: .patient), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<PrescriptionKind> {
    let prescription = try await call.openPrescription(prescriptionId, locks: true).prescription
    try prescription.mustBeOpen()
    return try await call.write(
      PrescriptionQueries.dispense(prescriptionId, in: try call.hospital.id, by: try call.person))
  }
}

extension Prescription {
  /// Throws for one that is not in force, or that has been dispensed.
  fileprivate func mustBeOpen() throws(Failure) {
    guard status == PrescriptionStatus.active.rawValue, dispensed.at == nil else {
      throw Failure(
        .conflict, "This prescription is not open any more.",
        details: ["status": .string(status), "isDispensed": .bool(dispensed.at != nil)])
    }
  }
}

extension WriteCall {
  fileprivate func write(_ change: SQL) async throws -> Document<PrescriptionKind> {
    let rows = try await transaction.query(change)
    guard let row = rows.first else { throw Failure.internalFault }
    return Document(json: try Prescription(row, self).json())
  }
}
