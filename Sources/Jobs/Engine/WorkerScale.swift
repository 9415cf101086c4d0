/// How many jobs of a queue a node runs at once: doubled when a claim took all that it asked for, halved after each ten
/// seconds in which half of them would have done; never outside the queue's bounds.
struct WorkerScale: Sendable {
  static let calmSeconds = 10.0

  let fewest: Int
  let most: Int
  private(set) var workers: Int
  /// The most that ran at once since the last look back.
  private var peak = 0
  private var since: ContinuousClock.Instant

  init(fewest: Int, most: Int, at now: ContinuousClock.Instant) {
    self.most = max(1, most)
    self.fewest = min(max(1, fewest), self.most)
    workers = self.fewest
    since = now
  }

  /// So many run now, after a claim that asked for `room` and was given `count`.
  mutating func claimed(_ count: Int, of room: Int, running: Int, at now: ContinuousClock.Instant) {
    peak = max(peak, running)
    if count >= room, running >= workers {
      workers = min(most, workers * 2)
      restart(now)
    }
  }

  /// Looks back: sinks where there was too little to do.
  mutating func look(running: Int, at now: ContinuousClock.Instant) {
    peak = max(peak, running)
    guard now - since >= .seconds(Self.calmSeconds) else { return }
    if peak <= workers / 2 { workers = max(fewest, workers / 2) }
    peak = running
    restart(now)
  }

  private mutating func restart(_ now: ContinuousClock.Instant) { since = now }
}
