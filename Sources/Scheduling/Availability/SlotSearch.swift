package import Core

/// Finds the beginnings of visits that fit: inside of the open hours, on their grid, with a free seat for the visit and
/// the pause after it. Pure.
package struct SlotSearch: Sendable {
  /// What is taken, of one seat; a booking with its own pause.
  package struct Taken: Sendable {
    package let seat: Int
    package let span: TimeSpan

    package init(seat: Int, _ span: TimeSpan) {
      self.seat = seat
      self.span = span
    }
  }

  /// How long a visit is; nil: the pace of the hours.
  package let minutes: Int?
  package let buffer: Int
  /// Where neither the visit nor the hours say it.
  package let usual: Int

  package init(minutes: Int?, buffer: Int, usual: Int) {
    self.minutes = minutes
    self.buffer = buffer
    self.usual = usual
  }

  /// Whoever is booked above what there is takes a seat all the same: he is seen by the same person.
  package func starts(
    in open: [OpenSpan], taken: [Taken], capacity: Int, from: Timestamp, to: Timestamp
  ) -> [(start: Timestamp, open: OpenSpan)] {
    var seats = Seats(taken)
    var found: [(start: Timestamp, open: OpenSpan)] = []
    for each in open {
      let step = Int64(each.step ?? minutes ?? usual) * 60
      let length = Int64(minutes ?? each.step ?? usual) * 60
      var start = each.span.from
      if start < from {
        // The grid begins with the hours, whatever is asked for.
        let behind = (from.microseconds - start.microseconds + step * 1_000_000 - 1) / (step * 1_000_000)
        start = start.adding(seconds: behind * step)
      }
      while start < to {
        let end = start.adding(seconds: length)
        if end > each.span.to { break }
        if seats.blocked(.init(from: start, to: end.adding(seconds: Int64(buffer) * 60))) < capacity {
          found.append((start, each))
        }
        start = start.adding(seconds: step)
      }
    }
    return found
  }

  /// How many seats somebody else has in some part of a span.
  package static func seatsTaken(_ taken: [Taken], in span: TimeSpan) -> Int {
    Set(taken.filter { $0.span.overlaps(span) }.map(\.seat)).count
  }
}

/// What is taken of each seat in order of time, walked forward once.
private struct Seats {
  private var spans: [[TimeSpan]]
  private var places: [Int]

  init(_ taken: [SlotSearch.Taken]) {
    let bySeat = Dictionary(grouping: taken, by: \.seat)
    spans = bySeat.values.map { $0.map(\.span).sorted { $0.from < $1.from } }
    places = Array(repeating: 0, count: spans.count)
  }

  /// Spans are asked for in rising order; one that begins earlier is looked for from the front again.
  mutating func blocked(_ span: TimeSpan) -> Int {
    var count = 0
    for seat in spans.indices {
      var place = places[seat]
      if place > 0, spans[seat][place - 1].to > span.from { place = 0 }
      while place < spans[seat].count, spans[seat][place].to <= span.from { place += 1 }
      places[seat] = place
      if place < spans[seat].count, spans[seat][place].from < span.to { count += 1 }
    }
    return count
  }
}
