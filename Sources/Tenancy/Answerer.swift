package import Core
package import Operations
import Postgres

/// Who answers an alert without a session, by a signed link or a reply: a person as he is in this hospital now, who may
/// acknowledge and nothing else.
package enum Answerer {
  /// Nil when he is no member any more, or may not sign in.
  package static func caller(_ user: UserID, in hospital: HospitalID, _ call: WriteCall) async throws -> Caller? {
    let results = try await call.transaction.queries(TenancyQueries.answerer(user, in: hospital))
    guard results.count == 2, let bearer = try Bearer(results[0], grants: results[1]) else { return nil }
    return try bearer.caller(in: .id(hospital))
  }
}
