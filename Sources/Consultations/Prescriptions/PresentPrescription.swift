import Core
package import Operations
import Patients
package import Postgres

/// A prescription as it is shown to who gives the drugs out: with whom they are for.
package enum PresentedPrescriptionKind: Shaped {
  package static let shape = RowShape(
    PrescriptionKind.shape.columns + [
      .init("patientName", "NULL", .string), .init("dateOfBirth", "NULL", .string, nullable: true),
    ])
}

/// Opens the prescription that a patient presents, by its code, for who gives drugs out. By POST, so that no code stands
/// in a URL; that the record was seen is on record.
package struct PresentPrescription: WriteOperation {
  package let code: PrescriptionCode

  package static let contract = Contract(
    name: "prescriptions.present", route: .post("/prescription-presentations"),
    summary: "Open the prescription that a patient presents", message: "The prescription.",
    access: .permission(.dispenseMedication), limit: RateLimit("prescriptions.present", max: 60, windowSeconds: 60),
    mode: .read, audit: .reads(action: "prescription_presented"), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<PresentedPrescriptionKind> {
    let (prescription, patient) = try await call.openPrescription(
      PrescriptionQueries.find(code, in: try call.hospital.id))
    return Document(
      json: prescription.json(
        PresentedPrescriptionKind.shape,
        with: [
          "patientName": patient.record[.name] ?? "", "dateOfBirth": patient.record[.dateOfBirth] ?? .null,
        ]))
  }
}
