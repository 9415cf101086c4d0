package import Core
import NIOCore
package import Postgres
import Synchronization

/// The recent end of every followed hospital's event log in memory, the rest in the database.
package final class EventLog: Sendable {
  /// What follows a number: events in order, or the word that it is too old to tell.
  package enum Continuation: Sendable {
    case events([LoggedEvent])
    case reset(head: Int64)
  }

  private struct Tail {
    var recent: [LoggedEvent] = []
    var head: Int64
    var listeners: [Int: Alarm] = [:]
  }

  private struct State {
    var tails: [HospitalID: Tail] = [:]
    var nextListener = 0
  }

  private static let recentLimit = 512
  static let batch = 500
  private let pool: PostgresPool
  private let state = Mutex(State())
  let announcements = Announcements()

  package init(pool: PostgresPool) { self.pool = pool }

  /// Begins to follow a hospital; afterwards no event of it is missed. Returns the newest number.
  @discardableResult
  package func follow(_ hospital: HospitalID) async throws -> Int64 {
    if let head = head(of: hospital) { return head }
    let rows = try await pool.run([EventQueries.setTenant(hospital), EventQueries.head(of: hospital), .awaitFlush])
    guard rows.count == 3, let row = rows[1].first else { throw Failure.notFound("hospital") }
    let read = try row.decode("last_number", as: Int64.self)
    return state.withLock { state in
      if let known = state.tails[hospital] { return known.head }
      state.tails[hospital] = Tail(head: read)
      return read
    }
  }

  package var followed: [HospitalID] { state.withLock { Array($0.tails.keys) } }

  func head(of hospital: HospitalID) -> Int64? { state.withLock { $0.tails[hospital]?.head } }

  /// Reads what is new since the last look; empty when the hospital is not followed.
  func news(of hospital: HospitalID) async throws -> [LoggedEvent] {
    guard let head = head(of: hospital) else { return [] }
    let events = try await read(after: head, in: hospital)
    guard let last = events.last else { return [] }
    let alarms = state.withLock { state -> [Alarm] in
      guard state.tails[hospital]?.head == head else { return [] }
      state.tails[hospital]?.head = last.number
      state.tails[hospital]?.recent.append(contentsOf: events)
      let excess = (state.tails[hospital]?.recent.count ?? 0) - Self.recentLimit
      if excess > 0 { state.tails[hospital]?.recent.removeFirst(excess) }
      return Array(state.tails[hospital]?.listeners.values ?? [:].values)
    }
    for alarm in alarms { alarm.wake() }
    return events
  }

  /// What came after `number`: from memory where it reaches back far enough, else from the database.
  package func after(_ number: Int64, in hospital: HospitalID) async throws -> Continuation {
    let known = state.withLock { state -> Continuation? in
      guard let tail = state.tails[hospital] else { return nil }
      if number == tail.head { return .events([]) }
      guard number < tail.head else { return nil }
      guard let first = tail.recent.first, first.number <= number + 1 else { return nil }
      return .events(Array(tail.recent.drop { $0.number <= number }.prefix(Self.batch)))
    }
    if let known { return known }
    let head = try await follow(hospital)
    guard number <= head else { return try await ahead(number, in: hospital) }
    // What is newer than our end is left for the dispatcher, so that everybody hears it in the same order.
    let events = try await read(after: number, in: hospital).filter { $0.number <= head }
    guard let first = events.first else { return number >= head ? .events([]) : .reset(head: head) }
    // Numbers have no gap, so a gap means that the log was pruned in between.
    return first.number == number + 1 ? .events(events) : .reset(head: head)
  }

  /// Wakes the alarm at each news of the hospital, until `ignore`.
  package func listen(_ alarm: Alarm, to hospital: HospitalID) -> Int {
    state.withLock { state in
      state.nextListener += 1
      state.tails[hospital]?.listeners[state.nextListener] = alarm
      return state.nextListener
    }
  }

  package func ignore(_ listener: Int, of hospital: HospitalID) {
    state.withLock { _ = $0.tails[hospital]?.listeners.removeValue(forKey: listener) }
  }

  /// Tells every stream of this node.
  package func announce(_ announcement: Announcement) {
    announcements.add(announcement)
    wakeListeners()
  }

  /// Wakes every listener, so that it looks whether its session still stands.
  package func wakeListeners() {
    let alarms = state.withLock { state in state.tails.values.flatMap { $0.listeners.values } }
    for alarm in alarms { alarm.wake() }
  }

  /// A number that this node has not heard of: another node gave it, or it belongs to another database.
  private func ahead(_ number: Int64, in hospital: HospitalID) async throws -> Continuation {
    let rows = try await pool.run([EventQueries.setTenant(hospital), EventQueries.head(of: hospital)])
    guard let row = rows.last?.first else { throw Failure.notFound("hospital") }
    let newest = try row.decode("last_number", as: Int64.self)
    return number <= newest ? .events([]) : .reset(head: head(of: hospital) ?? newest)
  }

  /// Only what is on disk: a number that was told and then lost in a crash would be given again.
  private func read(after number: Int64, in hospital: HospitalID) async throws -> [LoggedEvent] {
    let rows = try await pool.run([
      EventQueries.setTenant(hospital), EventQueries.events(after: number, in: hospital, limit: Self.batch),
      .awaitFlush,
    ])
    guard rows.count == 3 else { return [] }
    return try rows[1].map(LoggedEvent.init)
  }
}
