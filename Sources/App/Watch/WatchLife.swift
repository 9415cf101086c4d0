/// Whether what Ward does all day still works, judged from beats: pure, the time comes from outside in seconds.
///
/// A beat each interval (30 s), sooner after a failed one; failing for two intervals (60 s) is a trouble to be told.
package struct WatchLife: Sendable {
  package enum News: Equatable, Sendable {
    case none
    /// Told when it begins, and again with every failed beat.
    case degraded(WatchStage)
    case recovered
  }

  let intervalSeconds: Double
  private(set) var lastGood: Double
  private(set) var hasFailed = false
  /// Where it fails since it counts as degraded; nil while all is well or not yet bad enough.
  private(set) var stage: WatchStage?

  package init(intervalSeconds: Double, now: Double) {
    self.intervalSeconds = intervalSeconds
    lastGood = now
  }

  package var pauseSeconds: Double { hasFailed ? intervalSeconds / 6 : intervalSeconds }
  /// How long a beat may take before it has failed.
  package var patienceSeconds: Double { intervalSeconds / 3 }

  /// A beat ended: well, or failed at this stage.
  package mutating func noted(_ failure: WatchStage?, at now: Double) -> News {
    guard let failure else {
      defer { stage = nil }
      hasFailed = false
      lastGood = now
      return stage == nil ? .none : .recovered
    }
    hasFailed = true
    guard stage != nil || now - lastGood >= intervalSeconds * 2 else { return .none }
    stage = failure
    return .degraded(failure)
  }
}
