import Core
package import Operations
import Patients
import Postgres

/// A page to print.
package struct PrintedPage: Record {
  package let html: PageText
}

/// The HTML of a page; Ward's own text, so nothing of it is checked.
package struct PageText: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 1...1_000_000 }
  package static var sample: String { "<!DOCTYPE html>" }
}

/// Shows a prescription as a page to print, with the code by which a pharmacy verifies it.
package struct PrintPrescription: WriteOperation {
  let prescriptionId: PrescriptionID

  package static let contract = Contract(
    name: "prescriptions.print", route: .get("/prescriptions/{prescriptionId}/page"),
    summary: "Show a prescription as a page to print", message: "The page.", access: .permission(.viewPatients),
    limit: RateLimit("prescriptions.get", max: 300, windowSeconds: 60), mode: .read,
    audit: .reads(action: "prescription_printed"), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> PrintedPage {
    let (prescription, patient) = try await call.openPrescription(prescriptionId)
    return try await call.page(of: prescription, for: patient)
  }
}

/// The same for the patient himself.
package struct PrintOwnPrescription: WriteOperation {
  let prescriptionId: PrescriptionID

  package static let contract = Contract(
    name: "prescriptions.printMine", route: .get("/my-record/prescriptions/{prescriptionId}/page"),
    summary: "Show one's own prescription as a page to print", message: "The page.", access: .person, limit: .standard,
    mode: .read, audit: .reads(action: "own_prescription_printed"), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> PrintedPage {
    let patient = try await call.openOwnRecord()
    let rows = try await call.transaction.query(
      PrescriptionQueries.find(prescriptionId, in: patient.hospital))
    guard let row = rows.first else { throw Failure.notFound("prescription") }
    let prescription = try Prescription(row, call)
    guard prescription.patient == patient.id else { throw Failure.notFound("prescription") }
    return try await call.page(of: prescription, for: patient)
  }
}

extension WriteCall {
  fileprivate func page(of prescription: Prescription, for patient: Patient) async throws -> PrintedPage {
    let rows = try await transaction.query(
      PrescriptionQueries.letterhead(of: prescription.doctor, in: patient.hospital))
    guard let head = rows.first else { throw Failure.internalFault }
    let page = PrescriptionPage(
      hospital: try head.decode("name"), doctor: prescription.doctorName, license: try head.decode("license_number"),
      patient: patient.record[.name]?.text ?? "", birth: patient.record[.dateOfBirth]?.text,
      issued: prescription.times.created, status: prescription.status, content: prescription.content)
    return PrintedPage(html: PageText(unchecked: page.html))
  }
}
