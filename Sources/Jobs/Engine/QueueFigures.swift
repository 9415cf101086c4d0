/// What happened in a queue on this node in some span of time: endings, and how long jobs waited for their begin.
package struct QueueFigures: Sendable, Equatable {
  package enum Ending: Sendable { case done, retried, dead, fenced }

  /// Upper bounds of the buckets in milliseconds; the last bucket has none.
  package static let bounds = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 60_000, 600_000]

  package var done = 0
  package var retried = 0
  package var dead = 0
  package var fenced = 0
  package var waits = [Int](repeating: 0, count: bounds.count + 1)

  package init() {}

  package mutating func began(afterSeconds seconds: Double) {
    let milliseconds = seconds * 1000
    waits[Self.bounds.firstIndex { milliseconds <= Double($0) } ?? Self.bounds.count] += 1
  }

  package mutating func count(_ ending: Ending) {
    switch ending {
    case .done: done += 1
    case .retried: retried += 1
    case .dead: dead += 1
    case .fenced: fenced += 1
    }
  }

  mutating func add(_ other: QueueFigures) {
    done += other.done
    retried += other.retried
    dead += other.dead
    fenced += other.fenced
    for index in waits.indices { waits[index] += other.waits[index] }
  }

  /// The bound in milliseconds under which this share of the waits lies; nil when nothing began.
  package static func percentile(_ share: Double, of waits: [Int]) -> Int? {
    let total = waits.reduce(0, +)
    guard total > 0 else { return nil }
    var seen = 0
    for (index, count) in waits.enumerated() {
      seen += count
      if Double(seen) >= share * Double(total) {
        return index < bounds.count ? bounds[index] : bounds[bounds.count - 1]
      }
    }
    return bounds[bounds.count - 1]
  }
}
