import Core
import Operations
import Postgres

/// The statements of importing appointments.
enum AppointmentImportQueries {
  /// Who of the hospital has one of these addresses.
  static func people(_ emails: [String], in hospital: HospitalID) -> SQL {
    """
    SELECT u.email, m.user_id FROM memberships m JOIN users u ON u.id = m.user_id
    WHERE m.hospital_id = \(hospital) AND u.email = ANY (\(emails))
    """
  }

  static let mark: SQL = "SAVEPOINT import"
  static let back: SQL = "ROLLBACK TO SAVEPOINT import"
}
