import Core
import Operations
import Postgres

extension Role {
  /// Who can put everything of a hospital right, by membership and without an end.
  static let administrators: [Role] = [.superAdmin, .organizationAdmin, .hospitalAdmin]
}

extension WriteCall {
  /// Refuses what would leave the hospital without an administrator. Locks all of them, so that two who remove each
  /// other at the same moment do not both succeed; called before any other membership is locked.
  func keepsAnAdministrator(without person: UserID) async throws {
    let rows = try await transaction.query(RightsQueries.lockAdministrators(in: try hospital.id))
    let administrators = try rows.map { try $0.decode("user_id", as: UserID.self) }
    guard administrators != [person] else {
      throw Failure(.conflict, "The hospital's last administrator stays one.")
    }
  }
}
