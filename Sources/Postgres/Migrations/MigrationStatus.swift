package import Core

/// Where one migration stands in one database.
package struct MigrationStatus: Sendable, Equatable {
  package enum State: String, Sendable, CaseIterable {
    case applied
    case pending
    /// Applied from a text that is no longer the same.
    case changed
    /// Applied, but no longer among the migrations.
    case missing
  }

  package var version: String
  package var name: String
  package var state: State
  /// Of the applied text where there is one, else of the text at hand.
  package var checksum: String
  package var appliedAt: Timestamp?
  package var durationSeconds: Double?
}

/// Why migrations were refused.
package enum MigrationError: Error, Sendable, Equatable {
  /// Texts that have been applied were changed afterwards; write a new migration instead.
  case changed([String])
  /// The database has steps that this program does not know: it is older than the database.
  case missing([String])
  /// There is no migration of this version.
  case unknownVersion(String)
  /// A step failed and was rolled back; those before it stay.
  case failed(version: String, name: String, reason: PostgresError)
}

extension MigrationError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .changed(let names):
      "already applied migrations were changed: \(names.joined(separator: ", ")); restore them and add a new one"
    case .missing(let names):
      "the database has migrations that this program does not know: \(names.joined(separator: ", "))"
    case .unknownVersion(let version): "there is no migration of version \(version)"
    case .failed(let version, let name, let reason):
      "migration \(version)-\(name) failed and was rolled back: \(reason)"
    }
  }
}
