package import Postgres
package import Secrets

/// A column that holds sealed bytes: how its rows are found and moved to the newest key.
package struct SealedColumn: Sendable {
  package enum KeyType: Sendable { case uuid, text }

  package struct Key: Sendable {
    let name: String
    let type: KeyType

    package init(_ name: String, _ type: KeyType = .uuid) {
      self.name = name
      self.type = type
    }
  }

  let table: String
  let column: String
  /// The primary key, in its order.
  let keys: [Key]
  /// Seals what the row holds anew and queues what has to be written; `keys` are the values of the primary key.
  let reseal: @Sendable (_ sealed: [UInt8], _ keys: [String], Transaction, KeyRing) throws -> Void

  package init(
    table: String, column: String, keys: [Key],
    reseal: @escaping @Sendable ([UInt8], [String], Transaction, KeyRing) throws -> Void
  ) {
    self.table = table
    self.column = column
    self.keys = keys
    self.reseal = reseal
  }

  package var name: String { "\(table).\(column)" }

  /// A column whose bytes are opened and sealed again as they are.
  package init(
    table: String, column: String, keys: [Key] = [Key("hospital_id"), Key("id")], purpose: KeyRing.Purpose,
    place: @escaping @Sendable (_ keys: [String]) -> String
  ) {
    self.init(table: table, column: column, keys: keys) { sealed, values, transaction, secrets in
      let place = place(values)
      let plain = try secrets.open(sealed, for: purpose, place: place)
      let again = try secrets.seal(plain, for: purpose, place: place)
      transaction.queue(SealedQueries.write(again, table: table, column: column, keys: keys, values: values))
    }
  }
}

/// Moves what an earlier key sealed to the newest, some rows a transaction: it may be stopped and started again, and
/// everybody is served meanwhile, since every key of the ring opens.
package struct Resealing: Sendable {
  private let pool: PostgresPool
  private let secrets: KeyRing
  private let batch: Int

  package init(pool: PostgresPool, secrets: KeyRing, batch: Int = 200) {
    self.pool = pool
    self.secrets = secrets
    self.batch = batch
  }

  /// Returns how many rows of the column were moved; throws where one opens with no key of the ring.
  package func move(_ column: SealedColumn) async throws -> Int {
    var last: [String]?
    var count = 0
    while true {
      let (moved, end) = try await moveSome(of: column, after: last)
      count += moved
      guard let end else { return count }
      last = end
    }
  }

  /// One batch, and the key of its last row; nil when it was the last.
  private func moveSome(of column: SealedColumn, after last: [String]?) async throws -> (Int, [String]?) {
    try await pool.transaction(retry: .replayable) { transaction in
      let rows = try await transaction.query(
        SealedQueries.older(than: secrets.currentHead, column, after: last, limit: batch))
      var end: [String]?
      for row in rows {
        let keys = try column.keys.indices.map { try row.decode("key\($0)", as: String.self) }
        do {
          try column.reseal(try row.decode("sealed"), keys, transaction, secrets)
        } catch let error as SealError {
          throw Unmovable(table: column.table, column: column.column, error: error)
        }
        end = keys
      }
      return (rows.count, rows.count < batch ? nil : end)
    }
  }
}

/// A row that opens with no key that is on the ring; says where, not what.
package struct Unmovable: Error, CustomStringConvertible {
  let table: String
  let column: String
  let error: SealError

  package var description: String {
    switch error {
    case .unknownKey:
      "\(table).\(column) holds what another key has sealed: name it in WARD_SECRET_KEYS_EARLIER and start again."
    case .unreadable: "\(table).\(column) holds bytes that were altered."
    }
  }
}
