import Core
import Operations
import Postgres

/// Whose records somebody may open: all of the hospital, or, where it keeps them to their departments, those of his
/// own department, of no department, of the patients in whose care team he is, and what he opened in an emergency.
struct RecordScope {
  /// A condition on `patients p`.
  let condition: SQL

  init(_ call: WriteCall) throws {
    guard let caller = call.caller, !caller.permissions.contains(.viewAllRecords) else {
      condition = "true"
      return
    }
    let hospital = try call.hospital.id
    let person = try call.person
    condition = AccessQueries.inScope(of: person, department: caller.departmentID, hospital: hospital)
  }

  /// What somebody has by his own account.
  static let own = RecordScope(condition: "true")

  private init(condition: SQL) { self.condition = condition }

  static let noneOfOnesOwn = Failure(.forbidden, "You have no record of your own in this hospital.")

  static let refusal = Failure(
    .forbidden, "This record is kept to its department. In an emergency it can be opened with a reason.",
    details: ["isKept": true])
}
