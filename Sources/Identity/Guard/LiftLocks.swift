package import Core
package import Operations
import Postgres

extension WriteCall {
  /// Lifts every lock that wrong tries have put on a person: as strangers use his mailbox, on his own devices, and on
  /// his second factor.
  package func liftLocks(of user: UserID, email: EmailAddress) async throws {
    let devices = try await transaction.query(GuessQueries.devices(of: user))
    var lanes = [GuessLane.account(email), GuessLane.secondFactor(user)]
    for row in devices { lanes.append(.device(try row.decode("device_hash"), of: email)) }
    transaction.queue(GuessQueries.clear(lanes, of: user))
  }
}
