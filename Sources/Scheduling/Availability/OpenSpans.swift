package import Core
package import Tenancy

/// From a moment up to, and without, a later one.
package struct TimeSpan: Sendable, Hashable {
  package var from: Timestamp
  package var to: Timestamp

  package init(from: Timestamp, to: Timestamp) {
    self.from = from
    self.to = to
  }

  package init(from: Timestamp, minutes: Int) {
    self.init(from: from, to: from.adding(seconds: Int64(minutes) * 60))
  }

  package func overlaps(_ other: TimeSpan) -> Bool { from < other.to && other.from < to }

  package func contains(_ other: TimeSpan) -> Bool { from <= other.from && other.to <= to }

  /// How many minutes of it lie in the other one.
  package func minutes(in other: TimeSpan) -> Int {
    let shared = min(to, other.to).microseconds - max(from, other.from).microseconds
    return Int(max(0, shared) / 60_000_000)
  }
}

/// A span in which somebody can be booked, where, and at which pace.
package struct OpenSpan: Sendable, Equatable {
  package var span: TimeSpan
  package let location: LocationID?
  /// Minutes from one visit to the next; nil: as the resource says.
  package let step: Int?

  package init(_ span: TimeSpan, location: LocationID? = nil, step: Int? = nil) {
    self.span = span
    self.location = location
    self.step = step
  }
}

extension [OpenSpan] {
  /// In order of time; what touches or lies over one another is one where place and pace are the same.
  func merged() -> [OpenSpan] {
    var merged: [OpenSpan] = []
    for each in sorted(by: { ($0.span.from, $0.span.to) < ($1.span.from, $1.span.to) }) {
      if let last = merged.last, last.location == each.location, last.step == each.step, each.span.from <= last.span.to
      {
        merged[merged.count - 1].span.to = Swift.max(last.span.to, each.span.to)
      } else {
        merged.append(each)
      }
    }
    return merged
  }

  /// Without what lies in a span; what follows it begins at its end.
  func without(_ off: TimeSpan) -> [OpenSpan] {
    flatMap { each -> [OpenSpan] in
      guard each.span.overlaps(off) else { return [each] }
      var rest: [OpenSpan] = []
      if each.span.from < off.from {
        rest.append(OpenSpan(.init(from: each.span.from, to: off.from), location: each.location, step: each.step))
      }
      if off.to < each.span.to {
        rest.append(OpenSpan(.init(from: off.to, to: each.span.to), location: each.location, step: each.step))
      }
      return rest
    }
  }
}
