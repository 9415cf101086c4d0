import Core
package import Operations
package import Postgres

/// What a pharmacy may know that holds a printed prescription: whether it is genuine and in force.
package enum GenuinePrescriptionKind: Shaped {
  package static let shape = RowShape([
    .init("isValid", "g.status = 'active' AND g.dispensed_at IS NULL", .boolean),
    .init("status", "g.status", .string, schema: PrescriptionStatus.schema),
    .init("isDispensed", "g.dispensed_at IS NOT NULL", .boolean),
    .init("issuedAt", "g.issued_at", .timestamp), .init("doctorName", "g.doctor_name", .string),
    .init("hospitalName", "g.hospital_name", .string),
  ])
}

/// Tells whoever holds a printed prescription whether it is genuine; nothing of the patient. By POST, so that no code
/// stands in a URL.
package struct VerifyPrescription: ReadOperation {
  package let code: PrescriptionCode

  package static let contract = Contract(
    name: "prescriptions.verify", route: .post("/prescription-verifications"),
    summary: "Ask whether a printed prescription is genuine", message: "The prescription is genuine.",
    access: .everyone, limit: RateLimit("prescriptions.verify", max: 20, windowSeconds: 60), mode: .read,
    audit: .refusalsOnly(category: .system), cache: .never)

  package func run(_ call: ReadCall) async throws -> Document<GenuinePrescriptionKind> {
    try Document(try await call.row(PrescriptionQueries.genuine(code), else: "prescription"))
  }
}
