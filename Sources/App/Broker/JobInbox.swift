import Core

/// Ids that a broker brought to this node: what waits to be leased, what runs, and no id twice. Pure.
struct JobInbox<Delivery: Sendable>: Sendable {
  private struct Waiting: Sendable {
    let id: JobID
    let arrivedAt: ContinuousClock.Instant
  }

  private var deliveries: [JobID: Delivery] = [:]
  /// By urgency, the oldest first.
  private var waiting: [[Waiting]]
  private var running: Set<JobID> = []
  private(set) var duplicates = 0

  init(levels: Int) { waiting = Array(repeating: [], count: max(1, levels)) }

  var waitingCount: Int { waiting.reduce(0) { $0 + $1.count } }

  /// False for an id that is here already: this message is over at once.
  mutating func arrived(_ id: JobID, level: Int, _ delivery: Delivery, at now: ContinuousClock.Instant) -> Bool {
    guard deliveries[id] == nil else {
      duplicates += 1
      return false
    }
    deliveries[id] = delivery
    waiting[min(max(level, 0), waiting.count - 1)].append(Waiting(id: id, arrivedAt: now))
    return true
  }

  /// The most urgent that wait.
  func next(_ most: Int) -> [JobID] { Array(waiting.joined().prefix(most).map(\.id)) }

  mutating func began(_ ids: [JobID]) {
    let begun = Set(ids).intersection(deliveries.keys)
    running.formUnion(begun)
    remove(begun)
  }

  /// Nothing is left to do for these, running or not; what the broker is to be told of.
  mutating func ended(_ ids: [JobID]) -> [Delivery] {
    let known = Set(ids)
    running.subtract(known)
    remove(known)
    return ids.compactMap { deliveries.removeValue(forKey: $0) }
  }

  /// What has found no room for so long: others may have it.
  func waiting(longerThan age: Duration, at now: ContinuousClock.Instant) -> [JobID] {
    waiting.joined().filter { now - $0.arrivedAt > age }.map(\.id)
  }

  /// The connection is gone, and the broker will bring again what was not settled. What runs goes on.
  mutating func disconnected() {
    for each in waiting.joined() { deliveries[each.id] = nil }
    for level in waiting.indices { waiting[level] = [] }
  }

  private mutating func remove(_ ids: Set<JobID>) {
    for level in waiting.indices { waiting[level].removeAll { ids.contains($0.id) } }
  }
}
