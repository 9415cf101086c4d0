package import Operations
import Secrets

/// The sealed columns of consultations, for the rotation of keys.
package enum SealedConsultations {
  package static let columns = [
    column("chart_items", "content"), column("visit_notes", "content"), column("prescriptions", "content"),
  ]

  /// Sealed to `table.column hospital id`.
  private static func column(_ table: String, _ column: String) -> SealedColumn {
    SealedColumn(table: table, column: column, purpose: .patientRecord) { keys in
      "\(table).\(column) \(keys.joined(separator: " "))"
    }
  }
}
