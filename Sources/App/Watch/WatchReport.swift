package import Core

/// What a node tells the others of its self-watch, as the text of a notice: `well`, or where its last beat stopped, since
/// when it counts as degraded (microseconds since 1970) and for how many seconds the others may rely on that.
///
/// It is said again with every failed beat, so a notice that is lost does no harm; a text that is none of these is nil.
package struct WatchReport: Sendable, Equatable {
  /// Nil: all is well.
  package let stage: WatchStage?
  package let since: Timestamp
  package let holdsSeconds: Int

  package init(stage: WatchStage?, since: Timestamp, holdsSeconds: Int) {
    self.stage = stage
    self.since = since
    self.holdsSeconds = holdsSeconds
  }

  package var text: String { stage.map { "\($0.rawValue) \(since.microseconds) \(holdsSeconds)" } ?? "well" }

  package init?(_ text: some StringProtocol) {
    if text == "well" {
      self.init(stage: nil, since: Timestamp(microseconds: 0), holdsSeconds: 0)
      return
    }
    let parts = String(text).split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 3, let stage = WatchStage(rawValue: parts[0]), let since = Int64(parts[1]), since > 0,
      let seconds = Int(parts[2]), (1...600).contains(seconds)
    else { return nil }
    self.init(stage: stage, since: Timestamp(microseconds: since), holdsSeconds: seconds)
  }
}
