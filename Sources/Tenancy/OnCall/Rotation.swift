package import Core

/// Whose turn it is in a layer, and when that may change: pure, of the layer and the zone's clocks alone.
///
/// A turn is counted on the wall's clock: the handover is at the same hour before and after a change of clocks, and the
/// turn in which that happens is shorter or longer.
package struct Rotation: Sendable {
  private let layer: OnCallLayer
  private let zone: ZoneOffsets
  private let anchor: Int64
  private let length: Int64

  package init(_ layer: OnCallLayer, in zone: ZoneOffsets) {
    self.layer = layer
    self.zone = zone
    anchor = layer.startDate.day * 86_400 + Int64(layer.handover.minutes) * 60
    length =
      switch layer.rotation {
      case .daily: 86_400
      case .weekly: 7 * 86_400
      case .custom: max(1, layer.hours?.value ?? 24) * 3600
      }
  }

  /// Nil before the start, from the end on and outside of the layer's hours.
  package func participant(at time: Timestamp) -> UserID? {
    guard let turn = turn(at: time), !layer.participants.isEmpty, !isOver(at: time), isWithinHours(time) else {
      return nil
    }
    return layer.participants[Int(turn % Int64(layer.participants.count))]
  }

  private func start(of turn: Int64) -> Timestamp { zone.instant(local: anchor + turn * length) }

  /// The last turn that has begun; nil before the first.
  private func turn(at time: Timestamp) -> Int64? {
    var turn = ZoneOffsets.floor(zone.local(time) - anchor, by: length)
    while start(of: turn) > time { turn -= 1 }
    while start(of: turn + 1) <= time { turn += 1 }
    return turn < 0 ? nil : turn
  }

  private var end: Timestamp? {
    layer.endDate.map { zone.instant(local: $0.day * 86_400 + Int64(layer.handover.minutes) * 60) }
  }

  private func isOver(at time: Timestamp) -> Bool { end.map { $0 <= time } ?? false }

  // Hours of the week

  private func isWithinHours(_ time: Timestamp) -> Bool {
    guard let week = layer.week else { return true }
    let today = ZoneOffsets.floor(zone.local(time), by: 86_400)
    return (today - 2...today + 1).contains { day in
      spans(of: week, on: day).contains { $0.from <= time && time < $0.to }
    }
  }

  private func spans(of week: WeekHours, on day: Int64) -> [(from: Timestamp, to: Timestamp)] {
    week.days[ZoneOffsets.weekday(day)].spans.map { span in
      let start = day * 86_400 + Int64(span.start.minutes) * 60
      return (zone.instant(local: start), zone.instant(local: start + Int64(span.minutes) * 60))
    }
  }

  /// Every moment between two at which the layer's answer may change.
  package func changes(from: Timestamp, to: Timestamp) -> [Timestamp] {
    guard from < to else { return [] }
    var found = [start(of: 0)] + (end.map { [$0] } ?? [])
    let firstLocal = zone.local(from)
    let lastLocal = zone.local(to)
    var turn = max(0, ZoneOffsets.floor(firstLocal - anchor, by: length) - 1)
    let last = ZoneOffsets.floor(lastLocal - anchor, by: length) + 1
    while turn <= last {
      found.append(start(of: turn))
      turn += 1
    }
    if let week = layer.week {
      var day = ZoneOffsets.floor(firstLocal, by: 86_400) - 2
      while day <= ZoneOffsets.floor(lastLocal, by: 86_400) + 1 {
        for span in spans(of: week, on: day) { found += [span.from, span.to] }
        day += 1
      }
    }
    return found.filter { from < $0 && $0 < to }
  }
}
