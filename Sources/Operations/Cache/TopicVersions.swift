import Core
package import Postgres
import Synchronization

/// The versions of the tables from which answers are kept, known while LISTEN is up.
///
/// A version is read before the rows that are kept under it, so these are at least as new. What a node hears, or does
/// itself, makes it forget versions, never values: they are still good if the version turns out to be the same.
package final class TopicVersions: Sendable {
  private struct State {
    /// By hospital and table; under nil those of all hospitals together.
    var known: [HospitalID?: [String: Int64]] = [:]
    var isListening = false
    /// Counts what was forgotten: a version read before and noted after would bring the old one back. Each lane stands
    /// for some hospitals, so that a busy one does not keep all others from noting anything; the last for all together.
    private var epochs = Array(repeating: 0, count: 257)

    func epoch(of hospital: HospitalID?) -> Int { epochs[Self.lane(hospital)] }

    mutating func forget(_ hospital: HospitalID?) {
      epochs[Self.lane(hospital)] += 1
      epochs[256] += 1
    }

    mutating func forgetAll() {
      for lane in epochs.indices { epochs[lane] += 1 }
    }

    private static func lane(_ hospital: HospitalID?) -> Int {
      hospital.map { Int(UInt(bitPattern: $0.hashValue) % 256) } ?? 256
    }
  }

  /// Marks of this topic count for all others.
  static let all = "*"
  /// Hospitals whose versions are known at once.
  private static let capacity = 10_000
  private let pool: PostgresPool
  private let state = Mutex(State())

  package init(pool: PostgresPool) { self.pool = pool }

  /// Nil while changes cannot be heard. Who has a transaction asks there: who holds a connection and waits for another
  /// may wait for those who do the same.
  func versions(
    of topics: [String], in hospital: HospitalID?, _ transaction: Transaction? = nil
  ) async throws -> [Int64]? {
    let wanted = [Self.all] + topics
    let (known, epoch, isListening) = state.withLock { state in
      (wanted.map { state.known[hospital]?[$0] }, state.epoch(of: hospital), state.isListening)
    }
    guard isListening else { return nil }
    if !known.contains(nil) { return known.compactMap(\.self) }
    var found: [String: Int64] = [:]
    let query = CacheQueries.versions(of: wanted, in: hospital)
    let rows = if let transaction { try await transaction.query(query) } else { try await pool.run(query) }
    for row in rows {
      found[try row.decode("topic")] = try row.decode("version", as: Int64.self)
    }
    let versions = wanted.compactMap { found[$0] }
    guard versions.count == wanted.count else { throw Failure.internalFault }
    state.withLock { state in
      guard state.isListening, state.epoch(of: hospital) == epoch else { return }
      if state.known.count >= Self.capacity { state.known.removeAll() }
      for (topic, version) in zip(wanted, versions) { state.known[hospital, default: [:]][topic] = version }
    }
    return versions
  }

  /// Called with the payload of `ward_cache`: a table and a hospital, zeros for all of them.
  package func heard(_ payload: String) {
    let parts = payload.split(separator: " ")
    guard parts.count == 2, let hospital = HospitalID(String(parts[1])) else { return }
    let topic = String(parts[0])
    let isGlobal = hospital.text.allSatisfy { $0 == "0" || $0 == "-" }
    state.withLock { state in
      if isGlobal { state.forgetAll() } else { state.forget(hospital) }
      state.known[nil]?[topic] = nil
      for place in isGlobal ? Array(state.known.keys) : [hospital] { state.known[place]?[topic] = nil }
    }
  }

  /// This node wrote something there: whoever wrote reads what he wrote.
  func wrote(in hospital: HospitalID?) {
    state.withLock { state in
      guard let hospital else {
        state.forgetAll()
        return state.known.removeAll()
      }
      state.forget(hospital)
      state.known[hospital] = nil
      state.known[nil] = nil
    }
  }

  /// Without LISTEN nothing is known.
  package func listening(_ isListening: Bool) {
    state.withLock { state in
      state.isListening = isListening
      state.forgetAll()
      state.known.removeAll()
    }
  }
}
