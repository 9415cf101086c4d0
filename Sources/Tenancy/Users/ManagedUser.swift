import Core
import Operations
import Postgres

/// What somebody is in the hospital before he is changed.
struct ManagedUser {
  let role: Role
  let isOnDuty: Bool
}

extension WriteCall {
  /// Whether one of the caller's roles, his membership's or a granted one, reaches over another role.
  func callerManages(_ other: Role) throws(Failure) -> Bool {
    guard let caller else { throw .signInFirst }
    return caller.roles.contains { $0.manages(other) }
  }

  /// Locks somebody's membership; refuses people of other hospitals and those above the caller.
  func managed(_ id: UserID) async throws -> ManagedUser {
    let rows = try await transaction.query(UserQueries.lockRole(of: id, in: try hospital.id))
    guard let row = rows.first, let role = Role(rawValue: try row.decode("role")) else {
      throw Failure.notFound("person")
    }
    guard try callerManages(role) else { throw Failure(.forbidden, "This person's role is above yours.") }
    return ManagedUser(role: role, isOnDuty: try row.decode("is_on_duty"))
  }

  /// Tells the hospital that somebody who was on duty is no longer.
  mutating func emitOffDuty(_ id: UserID, in hospital: HospitalID) {
    emit(
      Event(
        "staff:duty_changed", to: [.hospital(hospital)], payload: ["userId": .string(id.text), "isOnDuty": false]))
  }

  /// Who is no doctor is not found among the doctors.
  func mustBeDoctor(_ id: UserID) async throws {
    let rows = try await transaction.query(UserQueries.lockRole(of: id, in: try hospital.id))
    guard let role: String = try rows.first?.decode("role"), Role.doctors.contains(role) else {
      throw Failure.notFound("doctor")
    }
  }
}

extension Transaction {
  /// The person as the answer shows him, after everything that is queued.
  func person(_ id: UserID, in hospital: HospitalID) async throws -> Document<UserKind> {
    let rows = try await query(UserQueries.find(id, UserKind.shape, in: hospital))
    guard let row = rows.first else { throw Failure.notFound("person") }
    return try Document(row)
  }
}
