package import Core
package import Tenancy

/// When somebody can be booked: hours of the week on the wall's clock, hours beside them, and times off. Pure.
package struct WorkingPlan: Sendable {
  /// Hours of one day of the week, as the clocks of a place show them.
  package struct Weekly: Sendable, Equatable {
    /// 1 is Monday.
    package let weekday: Int
    /// Minutes of the day; the end may be 1440.
    package let start: Int
    package let end: Int
    /// Days since 1970-01-01, both included.
    package let validFrom: Int64
    package let validUntil: Int64
    package let location: LocationID?
    package let step: Int?

    package init(
      weekday: Int, start: Int, end: Int, validFrom: Int64 = -1_000_000, validUntil: Int64 = 10_000_000,
      location: LocationID? = nil, step: Int? = nil
    ) {
      self.weekday = weekday
      self.start = start
      self.end = end
      self.validFrom = validFrom
      self.validUntil = validUntil
      self.location = location
      self.step = step
    }
  }

  package var weekly: [Weekly]
  package var extra: [OpenSpan]
  package var off: [TimeSpan]

  package init(weekly: [Weekly], extra: [OpenSpan] = [], off: [TimeSpan] = []) {
    self.weekly = weekly
    self.extra = extra
    self.off = off
  }

  /// The hours of who has not said any (INVENTORY 2.3): what is offered, and no reason to refuse.
  package static let usual: [Weekly] = (1...7).map { Weekly(weekday: $0, start: 540, end: 1080) }

  /// Every open span that lies in some part between two moments, whole. A moment is open when the clocks of the place
  /// show a time of the hours: an hour that the clocks skip is not there, one that they show twice is there twice.
  package func open(from: Timestamp, to: Timestamp, zone: (LocationID?) -> ZoneOffsets) -> [OpenSpan] {
    let asked = TimeSpan(from: from, to: to)
    var spans: [OpenSpan] = []
    for hours in weekly {
      let zone = zone(hours.location)
      let last = ZoneOffsets.floor(zone.local(to), by: 86_400) + 1
      var day = ZoneOffsets.floor(zone.local(from), by: 86_400) - 1
      // On to the first such day of the week.
      day += Int64((hours.weekday - 1 - ZoneOffsets.weekday(day) + 7) % 7)
      while day <= last {
        if hours.validFrom <= day, day <= hours.validUntil {
          let midnight = day * 86_400
          let times = zone.times(local: midnight + Int64(hours.start) * 60, to: midnight + Int64(hours.end) * 60)
          spans += times.map { OpenSpan(.init(from: $0.from, to: $0.to), location: hours.location, step: hours.step) }
        }
        day += 7
      }
    }
    // Times off cut before the asked period is looked at, so that a grid of slots is the same for every period.
    let open = off.reduce((spans + extra).merged()) { $0.without($1) }
    return open.filter { $0.span.overlaps(asked) }
  }
}
