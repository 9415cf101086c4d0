import Core
import Operations
import Postgres

/// A colleague to whom an alert is given.
enum Colleague {
  /// Throws unless the person is an active member of the hospital who may acknowledge alerts; returns the name.
  @discardableResult
  static func check(_ id: UserID, field: String, _ call: WriteCall) async throws -> String {
    let found = try await call.transaction.query(ResponderQueries.colleague(id, in: try call.hospital.id))
    guard let row = found.first else {
      throw Failure.invalid(field, "is nobody here who may answer alerts", rule: "exists")
    }
    return try row.decode("name")
  }
}
