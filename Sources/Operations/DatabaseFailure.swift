import Core
import Postgres
import Secrets

/// What a client learns of an error inside: as little as possible, and never a value.
enum DatabaseFailure {
  /// The failure to show, and for our own log the cause, which holds no value either.
  static func translate(_ error: any Error) -> (failure: Failure, cause: String?) {
    if let failure = error as? Failure { return (failure, nil) }
    if let error = error as? SealError { return (Failure(error), error.description) }
    guard let error = error as? PostgresError else {
      if error is CancellationError {
        return (Failure(.unavailable, "The request was given up.", retryAfterSeconds: 1), nil)
      }
      return (.internalFault, "\(type(of: error))")
    }
    return (translate(error), "\(error)")
  }

  private static func translate(_ error: PostgresError) -> Failure {
    switch error {
    case .commitUnknown:
      return Failure(
        .unavailable,
        "The connection to the database broke while saving. Send the same request with the same Idempotency-Key again.",
        retryAfterSeconds: 1)
    default: break
    }
    if let constraint = error.constraint, let failure = refusal(constraint, error) { return failure }
    if error.refusal == nil || error.isReplayable || error.isStatementTimeout || error.isServerGoing {
      return Failure(.unavailable, "The database is not available at the moment.", retryAfterSeconds: 2)
    }
    return .internalFault
  }

  /// A reference to nothing is the client's mistake: the key's name tells which field.
  private static func refusal(_ constraint: String, _ error: PostgresError) -> Failure? {
    if error.isForeignKeyViolation {
      for (part, field) in [
        ("department_id", "departmentId"), ("patient_id", "patientId"), ("alert_type", "alertType"),
      ] where constraint.contains(part) {
        return .invalid(field, "refers to nothing in this hospital", rule: "exists")
      }
    }
    if error.isUniqueViolation, constraint.contains("license") {
      return Failure(
        .conflict, "A colleague has this licence number.", details: ["field": "licenseNumber"])
    }
    if error.isCheckViolation, constraint == "doctor_limit" {
      return Failure(.forbidden, "The hospital's subscription has no room for another doctor.")
    }
    if error.isCheckViolation, constraint == "currency_of_fees" {
      return Failure(
        .conflict, "Fees stand in the present currency. Set them to 0 first.", details: ["field": "currency"])
    }
    if error.isUniqueViolation { return Failure(.conflict, "There is one like this already.") }
    return nil
  }
}

extension PostgresError {
  /// The server shuts down, restarts or has no room: classes 57P and 53 of the SQLSTATE list.
  fileprivate var isServerGoing: Bool { sqlState?.hasPrefix("57P") ?? false || sqlState?.hasPrefix("53") ?? false }
}
