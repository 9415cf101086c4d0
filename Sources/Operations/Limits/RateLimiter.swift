package import Cache
package import Core
package import Logging
package import Postgres
import Synchronization

/// Counts calls in windows, at most `capacity` of them in memory; the oldest windows go first.
///
/// Limits of 30 calls and less are counted on all nodes before a call is let through. Larger ones are counted here and
/// settled with the other nodes a few times a second, once a window has used a quarter of its limit: up to four nodes
/// let through no more than the limit and what one of them answers within that moment. Without the database each node
/// counts for itself.
package final class RateLimiter: Sendable {
  package let isOn: Bool
  private let capacity: Int
  private let shared: SharedCounts?
  private let logger: Logger?
  private let state = Mutex(State())

  private struct Key: Hashable {
    let limit: String
    let subject: String
  }

  fileprivate struct Window {
    var endsAt: Int64
    let max: Int
    /// Calls that this node let through.
    var count: Int
    /// How many of them the other nodes know of.
    var settled = 0
    /// Calls of the other nodes, as far as this one knows.
    var elsewhere = 0
  }

  private struct State {
    var windows: [Key: Window] = [:]
    var hadTrouble = false
  }

  /// Without a pool the limiter counts for this process alone.
  package init(
    isOn: Bool, pool: PostgresPool? = nil, redis: RedisPool? = nil, logger: Logger? = nil, capacity: Int = 100_000
  ) {
    self.isOn = isOn
    self.capacity = capacity
    self.shared = pool.map { SharedCounts(pool: $0, redis: redis) }
    self.logger = logger
  }

  /// Counts one call on all nodes where the limit is strict, here otherwise; throws `TOO_MANY_REQUESTS` with the
  /// seconds until the window ends.
  package func count(_ limit: RateLimit, subject: String, on now: Timestamp) async throws(Failure) {
    guard isOn, limit.isStrict, let shared else { return try count(limit, subject: subject, at: now) }
    let key = Key(limit: limit.name, subject: subject)
    let known = state.withLock { $0.windows[key] }.flatMap { $0.endsAt > now.microseconds ? $0 : nil }
    if let known, known.count >= limit.max {
      throw Self.refusal(limit, waitMicroseconds: known.endsAt - now.microseconds)
    }
    let hash = SharedCounts.key(limit.name, subject)
    let total: SharedCounts.Total?
    do {
      let tally = SharedCounts.Tally(
        key: hash, seconds: known?.secondsLeft(at: now) ?? limit.windowSeconds, added: 1, floor: known?.count ?? 0)
      total = try await shared.add([tally], at: now)[hash]
      noteTrouble(nil)
    } catch {
      noteTrouble(error)
      return try count(limit, subject: subject, at: now)
    }
    guard let total else { throw .internalFault }
    // What everybody knows is remembered here, so that a flood of refused calls asks nobody.
    state.withLock { state in
      if state.windows[key] == nil, state.windows.count >= capacity { Self.makeRoom(in: &state.windows, at: now) }
      // Two calls at once may hear their answers in the other order.
      let endsAt = total.endsAt.microseconds
      let before = state.windows[key].flatMap { $0.endsAt > now.microseconds ? $0.count : nil } ?? 0
      state.windows[key] = Window(endsAt: endsAt, max: .max, count: Swift.max(total.count, before))
    }
    guard total.count > limit.max else { return }
    throw Self.refusal(limit, waitMicroseconds: total.endsAt.microseconds - now.microseconds)
  }

  /// Counts one call on this node; throws `TOO_MANY_REQUESTS` with the seconds until the window ends.
  package func count(_ limit: RateLimit, subject: String, at now: Timestamp) throws(Failure) {
    guard isOn else { return }
    let wait: Int64? = state.withLock { state in
      let key = Key(limit: limit.name, subject: subject)
      if var window = state.windows[key], window.endsAt > now.microseconds {
        guard window.count + window.elsewhere < limit.max else { return window.endsAt - now.microseconds }
        window.count += 1
        state.windows[key] = window
        return nil
      }
      if state.windows.count >= capacity { Self.makeRoom(in: &state.windows, at: now) }
      let endsAt = now.adding(seconds: Int64(limit.windowSeconds)).microseconds
      // A strict window is never settled afterwards: each of its calls is counted everywhere at once.
      state.windows[key] = Window(endsAt: endsAt, max: limit.isStrict ? .max : limit.max, count: 1)
      return nil
    }
    guard let wait else { return }
    throw Self.refusal(limit, waitMicroseconds: wait)
  }

  /// Tells the other nodes of the calls that were let through here and hears of theirs; nothing to tell costs nothing.
  package func settle(at now: Timestamp) async {
    guard isOn, let shared else { return }
    let open = state.withLock { state in
      state.windows.filter { $0.value.endsAt > now.microseconds && $0.value.isWorthSettling }
    }
    guard !open.isEmpty else { return }
    var keys: [String: Key] = [:]
    let tallies = open.map { key, window in
      let hash = SharedCounts.key(key.limit, key.subject)
      keys[hash] = key
      return SharedCounts.Tally(
        key: hash, seconds: window.secondsLeft(at: now), added: window.count - window.settled,
        floor: window.settled + window.elsewhere)
    }
    do {
      let totals = try await shared.add(tallies, at: now)
      state.withLock { state in
        for (hash, total) in totals {
          guard let key = keys[hash], let told = open[key] else { continue }
          state.windows[key]?.settled = told.count
          state.windows[key]?.elsewhere = Swift.max(0, total.count - told.count)
          state.windows[key]?.endsAt = total.endsAt.microseconds
        }
      }
      noteTrouble(nil)
    } catch {
      noteTrouble(error)
    }
  }

  /// Says once that counts cannot be shared, and once more after they could.
  private func noteTrouble(_ error: (any Error)?) {
    let isNew = state.withLock { state in
      defer { state.hadTrouble = error != nil }
      return error != nil && !state.hadTrouble
    }
    if let error, isNew {
      logger?.warning("limits are counted by each node for itself", metadata: ["error": "\(error)"])
    }
  }

  private static func refusal(_ limit: RateLimit, waitMicroseconds wait: Int64) -> Failure {
    let seconds = Swift.max(1, Int((wait + 999_999) / 1_000_000))
    return Failure(
      .tooManyRequests, "Too many requests. Try again in \(seconds) s.",
      details: ["limit": .string(limit.name), "retryAfter": .integer(Int64(seconds))], retryAfterSeconds: seconds)
  }

  private static func makeRoom(in windows: inout [Key: Window], at now: Timestamp) {
    windows = windows.filter { $0.value.endsAt > now.microseconds }
    guard windows.count > 0 else { return }
    // Still full of running windows: the half that ends first makes room.
    let ends = windows.values.map(\.endsAt).sorted()
    let median = ends[ends.count / 2]
    windows = windows.filter { $0.value.endsAt > median }
  }
}

extension RateLimiter.Window {
  fileprivate func secondsLeft(at now: Timestamp) -> Int {
    Int((endsAt - now.microseconds + 999_999) / 1_000_000)
  }

  /// Calls that nobody else knows of, in a window that comes near its end.
  fileprivate var isWorthSettling: Bool { count > settled && count + elsewhere >= max / 4 }
}
