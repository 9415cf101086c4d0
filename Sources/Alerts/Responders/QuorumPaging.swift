import Core
import Operations
import Postgres

/// Asking those who are missing: everybody on duty who fits, is not coming and has not declined.
struct QuorumPaging {
  let quorum: Quorum
  let alert: AlertID
  let hospital: HospitalID

  /// Whom to ask now.
  func people(_ transaction: Transaction) async throws -> [UserID] {
    let missing = quorum.missing
    guard !missing.isEmpty else { return [] }
    var roles = Set(missing.map(\.role))
    if roles.contains("doctor") { roles.insert("head_doctor") }
    let results = try await transaction.queries([
      QuorumQueries.onDuty(roles: roles.sorted(), in: hospital), QuorumQueries.declined(alert, in: hospital),
    ])
    guard results.count == 2 else { throw Failure.internalFault }
    let declined = Set(try results[1].map { try $0.decode("user_id", as: UserID.self) })
    return try results[0].compactMap { row in
      let person = try row.decode("user_id", as: UserID.self)
      let role = try row.decode("role", as: String.self)
      let specialization = try row.decode("specialization", as: String?.self)
      guard missing.contains(where: { $0.fits(role: role, specialization: specialization) }),
        !declined.contains(person), !quorum.isComing(person)
      else { return nil }
      return person
    }
  }

  /// Notes the pages; the caller tells the people.
  func note(_ people: [UserID], at now: Timestamp, in transaction: Transaction) {
    guard !people.isEmpty else { return }
    transaction.queue(EscalationQueries.page(people, for: alert, tier: Quorum.pageTier, in: hospital, at: now))
  }

  /// The next time at which the missing are asked again: a multiple of the interval from the alert's creation.
  static func due(every seconds: Int, createdAt: Timestamp, now: Timestamp) -> Timestamp {
    let interval = Int64(max(5, seconds)) * 1_000_000
    let since = max(0, now.microseconds - createdAt.microseconds)
    return Timestamp(microseconds: createdAt.microseconds + (since / interval + 1) * interval)
  }
}
