import Core
package import Operations
import Postgres
import Secrets

/// The sealed columns of patients, for the rotation of keys.
package enum SealedPatients {
  package static let columns = [
    // With its words, which an earlier key's fingerprints stand for.
    SealedColumn(table: "patients", column: "record", keys: [.init("hospital_id"), .init("id")]) {
      sealed, keys, transaction, secrets in
      guard keys.count == 2, let hospital = HospitalID(keys[0]), let id = PatientID(keys[1]) else {
        throw SealError.unreadable(.patientRecord)
      }
      let record = try PatientRecord(opening: sealed, of: id, in: hospital, with: secrets)
      try transaction.seal(record, of: id, in: hospital, with: secrets)
    },
    column("vitals", "notes"), column("care_team", "notes"), column("emergency_accesses", "reason"),
    column("emergency_accesses", "review_note"),
  ]

  /// Sealed to `table.column hospital id`.
  private static func column(_ table: String, _ column: String) -> SealedColumn {
    SealedColumn(table: table, column: column, purpose: .patientRecord) { keys in
      "\(table).\(column) \(keys.joined(separator: " "))"
    }
  }
}
