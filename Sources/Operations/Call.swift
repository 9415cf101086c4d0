package import Core
package import Postgres
package import Secrets

/// What a read may use: the caller, the time, and the database as its tenant.
package struct ReadCall: Sendable {
  package let caller: Caller?
  package let origin: RequestOrigin
  package let now: Timestamp
  package let secrets: KeyRing
  let pool: PostgresPool
  let tenant: SQL

  /// The hospital of the call; only operations without a permission can be called without one.
  package var hospital: Caller.Hospital {
    get throws(Failure) { try caller.inHospital() }
  }

  package var person: UserID {
    get throws(Failure) { try caller.asPerson() }
  }

  /// Runs one statement in a transaction of the tenant, in one flush.
  package func rows(_ statement: SQL) async throws -> Rows {
    let results = try await pool.run([tenant, statement])
    guard results.count == 2 else { throw Failure.internalFault }
    return results[1]
  }

  /// Runs statements in one transaction of the tenant, in one flush; the rows of each.
  package func many(_ statements: [SQL]) async throws -> [Rows] {
    let results = try await pool.run([tenant] + statements)
    guard results.count == statements.count + 1 else { throw Failure.internalFault }
    return Array(results.dropFirst())
  }

  /// Runs two statements in one transaction of the tenant, in one flush.
  func both(_ first: SQL, _ second: SQL) async throws -> (Rows, Rows) {
    let results = try await pool.run([tenant, first, second])
    guard results.count == 3 else { throw Failure.internalFault }
    return (results[1], results[2])
  }

  /// The first row of a statement, or `NOT_FOUND`.
  package func row(_ statement: SQL, else thing: String) async throws -> Row {
    guard let row = try await rows(statement).first else { throw Failure.notFound(thing) }
    return row
  }
}

/// Hashing of passwords, injected since it runs on threads of its own.
package struct Passwords: Sendable {
  package let hash: @Sendable (String) async throws -> String
  /// Whether the password belongs to the encoded hash; without one the same work is done and the answer is no.
  package let verify: @Sendable (_ password: String, _ encoded: String?) async throws -> Bool
  /// Whether the hash is of another kind than those that are made now.
  package let isOutdated: @Sendable (_ encoded: String) -> Bool
  /// Whether the password is among those that are tried first.
  package let isCommon: @Sendable (_ password: String) -> Bool

  package init(
    hash: @escaping @Sendable (String) async throws -> String,
    verify: @escaping @Sendable (String, String?) async throws -> Bool,
    isOutdated: @escaping @Sendable (String) -> Bool, isCommon: @escaping @Sendable (String) -> Bool
  ) {
    self.hash = hash
    self.verify = verify
    self.isOutdated = isOutdated
    self.isCommon = isCommon
  }
}

/// What a `prepare` step may use before the transaction: the caller and statements of their own.
package struct Preparation: Sendable {
  package let caller: Caller?
  package let origin: RequestOrigin
  package let now: Timestamp
  package let passwords: Passwords
  package let secrets: KeyRing
  let pool: PostgresPool

  package func rows(_ statement: SQL) async throws -> Rows {
    guard let rows = try await pool.run([statement]).first else { throw Failure.internalFault }
    return rows
  }
}

/// What a write may use: the transaction, and what it leaves behind when it commits.
package struct WriteCall {
  package let caller: Caller?
  package let origin: RequestOrigin
  package let now: Timestamp
  package let transaction: Transaction
  package let secrets: KeyRing
  /// Whose rows the transaction sees; also where Ward does something by itself.
  package private(set) var tenant: HospitalID?
  let answers: AnswerCache?
  package var audit = AuditNote()
  package private(set) var events: [Event] = []
  /// Further audit rows than the call's own, such as those of what Ward does by itself.
  package var auditRows: [AuditRow] = []
  /// Whose records the answer shows or the call changes: each gets a row of its own in "who saw my record".
  package private(set) var seenPatients: [PatientID] = []
  /// The earliest due time that was written.
  package private(set) var earliestDue: Timestamp?

  /// Whether work was asked for with ``enqueue(_:)``.
  package internal(set) var hasJobs = false

  package init(
    caller: Caller?, origin: RequestOrigin, now: Timestamp, transaction: Transaction, secrets: KeyRing,
    tenant: HospitalID?, answers: AnswerCache? = nil
  ) {
    self.answers = answers
    self.tenant = tenant
    self.secrets = secrets
    self.caller = caller
    self.origin = origin
    self.now = now
    self.transaction = transaction
  }

  package var hospital: Caller.Hospital {
    get throws(Failure) { try caller.inHospital() }
  }

  package var person: UserID {
    get throws(Failure) { try caller.asPerson() }
  }

  /// Says that something became due at this time, so that the engine is woken if that is sooner than it looks anyway.
  package mutating func becomesDue(at time: Timestamp?) {
    guard let time else { return }
    earliestDue = min(earliestDue ?? time, time)
  }

  /// Goes on in the hospital into which a signed word lets somebody who is nobody there: it becomes the transaction's,
  /// and that of its events, jobs and audit row.
  package mutating func enter(_ hospital: HospitalID) {
    transaction.queue(HouseQueries.setTenant(hospital: hospital, user: nil))
    tenant = hospital
    audit.hospitalID = hospital
  }

  package mutating func emit(_ event: Event) { events.append(event) }

  /// Notes whose record this is about, for the audit row and for the patient himself.
  package mutating func saw(_ patient: PatientID) {
    audit.patientID = patient
    seenPatients.append(patient)
  }

  /// Notes whose records a list shows; its one audit row says how many.
  package mutating func saw(_ patients: [PatientID]) {
    audit.details["records"] = .integer(Int64(patients.count))
    seenPatients += patients
  }
}

extension WriteCall {
  /// What was opened of a row before, as long as the row is as it was: `name` says which row and which state of it.
  package func kept(_ name: [String], _ life: CacheLife, open: () async throws -> [UInt8]) async throws -> [UInt8] {
    guard let answers, let tenant else { return try await open() }
    return try await answers.row(name, in: tenant, life, transaction, open)
  }

  /// What was made of rows before, as long as nothing changes in these tables of the hospital: on this node at once, on
  /// others within a second. `name` says what was made; it has to be unique among all that are kept.
  package func kept<Value: Sendable>(
    _ name: String, of topics: Set<CacheTopic>, make: () async throws -> Value
  ) async throws -> Value {
    guard let answers, let tenant else { return try await make() }
    return try await answers.value(name, of: topics.map(\.rawValue).sorted(), in: tenant, transaction, make)
  }

  /// Engines look once a second by themselves; a due time further away needs no call.
  var wakesEngine: Bool { earliestDue.map { $0.seconds(since: now) < 1.5 } ?? false }
}

extension Caller? {
  fileprivate func inHospital() throws(Failure) -> Caller.Hospital {
    guard let self else { throw .signInFirst }
    guard let hospital = self.hospital else { throw Failure(.forbidden, "You belong to no hospital yet.") }
    return hospital
  }

  fileprivate func asPerson() throws(Failure) -> UserID {
    guard let self else { throw .signInFirst }
    guard let id = self.userID else { throw Failure(.forbidden, "Only a person can do this.") }
    return id
  }
}
