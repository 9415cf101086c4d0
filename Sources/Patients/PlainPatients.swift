package import Core
package import Logging
package import Operations
package import Postgres
package import Secrets

/// Seals what an earlier version left readable: asked at each start, hospital by hospital, 200 patients a transaction.
package struct PlainPatients: Sendable {
  private let executor: Executor
  private let enginePool: PostgresPool
  private let logger: Logger

  package init(executor: Executor, enginePool: PostgresPool, logger: Logger) {
    self.executor = executor
    self.enginePool = enginePool
    self.logger = logger
  }

  /// Returns how many were sealed; two nodes that start at once share the work.
  @discardableResult
  package func seal() async throws -> Int {
    var count = 0
    let hospitals = try await enginePool.run(PatientQueries.hospitalsWithPlainPatients)
    for row in hospitals {
      let hospital: HospitalID = try row.decode("hospital_id")
      while case let sealed = try await sealSome(in: hospital), sealed > 0 { count += sealed }
    }
    if count > 0 { logger.notice("patients that stood readable are sealed", metadata: ["count": "\(count)"]) }
    return count
  }

  private func sealSome(in hospital: HospitalID) async throws -> Int {
    try await executor.system(in: hospital) { call in
      let rows = try await call.transaction.query(PatientQueries.plain(in: hospital))
      for row in rows {
        let record = PatientRecord(plainNumber: try row.decode("mrn"), name: try row.decode("name"))
        try call.transaction.seal(record, of: try row.decode("id"), in: hospital, with: call.secrets)
      }
      return rows.count
    }
  }
}

extension Transaction {
  /// Writes a record sealed by the newest key, and the words under which it is found in place of those before.
  package func seal(
    _ record: PatientRecord, of id: PatientID, in hospital: HospitalID, with secrets: KeyRing
  ) throws {
    let index = PatientIndex(hospital: hospital, secrets: secrets)
    let fingerprint = index.fingerprints(ofNumber: record.mrn).first ?? []
    queue(
      PatientQueries.seal(
        id, in: hospital, record: try record.sealed(for: id, in: hospital, with: secrets), fingerprint: fingerprint))
    queue(PatientQueries.deleteWords(of: id, in: hospital))
    queue(PatientQueries.insertWords(index.fingerprints(of: record), of: id, in: hospital))
  }
}
