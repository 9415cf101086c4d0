package import Core

/// What is wrong on this node and on the others, and what people who look after Ward are to be told of it: pure, the time
/// comes from outside (`now` in seconds of a clock that only goes forward).
///
/// The own trouble comes first, then the one that lasts longest. Another node's holds until that node is well or has said
/// nothing for as long as its word held.
package struct WatchTroubles: Sendable {
  package struct Trouble: Sendable, Equatable {
    package let stage: WatchStage
    package let since: Timestamp
    package let isElsewhere: Bool
  }

  package enum News: Sendable, Equatable {
    case none
    /// Told again at every look while it lasts; `isNew` when it was another one, or none, before.
    case degraded(Trouble, isNew: Bool)
    case recovered
  }

  /// More nodes than that are not remembered.
  private static let mostNodes = 100
  private var here: Trouble?
  private var others: [String: (trouble: Trouble, until: Double)] = [:]
  private var told: Trouble?

  package init() {}

  package var own: Trouble? { here }
  /// The trouble of another node that lasts longest.
  package var elsewhere: Trouble? { others.values.map(\.trouble).min { $0.since < $1.since } }

  /// This node's beats fail at a stage, or all is well; the trouble that there was keeps its beginning.
  package mutating func noted(_ stage: WatchStage?, at time: Timestamp) {
    here = stage.map { Trouble(stage: $0, since: here?.since ?? time, isElsewhere: false) }
  }

  package mutating func heard(_ report: WatchReport, from node: String, now: Double) {
    guard let stage = report.stage else {
      others[node] = nil
      return
    }
    guard others[node] != nil || others.count < Self.mostNodes else { return }
    others[node] = (
      Trouble(stage: stage, since: report.since, isElsewhere: true), now + Double(report.holdsSeconds)
    )
  }

  /// What is to be told now.
  package mutating func news(now: Double) -> News {
    others = others.filter { $0.value.until > now }
    let worst = here ?? elsewhere
    defer { told = worst }
    guard let worst else { return told == nil ? .none : .recovered }
    return .degraded(worst, isNew: worst != told)
  }
}
