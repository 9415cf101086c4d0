package import Core

/// Who is on call in one schedule: whoever stands in at a moment; else the first layer's participant, or the next
/// layer's where there is none. Somebody who has left the hospital is nobody.
package struct OnCallPlan: Sendable {
  /// Somebody stands in from one moment to another.
  package struct Override: Sendable, Equatable {
    package let id: OnCallOverrideID
    package let person: UserID
    package let from: Timestamp
    package let to: Timestamp

    package init(id: OnCallOverrideID, person: UserID, from: Timestamp, to: Timestamp) {
      self.id = id
      self.person = person
      self.from = from
      self.to = to
    }
  }

  package enum Source: Sendable, Equatable {
    case override(OnCallOverrideID)
    /// From 1.
    case layer(Int)
  }

  package struct Duty: Sendable, Equatable {
    package let person: UserID
    package let source: Source
  }

  /// A span of time with one person, or with nobody.
  package struct Entry: Sendable, Equatable {
    package let from: Timestamp
    package let to: Timestamp
    package let duty: Duty?
  }

  private let rotations: [Rotation]
  private let overrides: [Override]
  private let isThere: @Sendable (UserID) -> Bool

  package init(
    layers: [OnCallLayer], overrides: [Override] = [], zone: ZoneOffsets,
    isThere: @escaping @Sendable (UserID) -> Bool = { _ in true }
  ) {
    rotations = layers.map { Rotation($0, in: zone) }
    self.overrides = overrides
    self.isThere = isThere
  }

  package func duty(at time: Timestamp) -> Duty? {
    if let stand = overrides.first(where: { $0.from <= time && time < $0.to && isThere($0.person) }) {
      return Duty(person: stand.person, source: .override(stand.id))
    }
    for (index, rotation) in rotations.enumerated() {
      guard let person = rotation.participant(at: time), isThere(person) else { continue }
      return Duty(person: person, source: .layer(index + 1))
    }
    return nil
  }

  /// The whole span without a hole: neighbours differ.
  package func calendar(from: Timestamp, to: Timestamp) -> [Entry] {
    guard from < to else { return [] }
    var moments: Set<Timestamp> = [from]
    for rotation in rotations { moments.formUnion(rotation.changes(from: from, to: to)) }
    for stand in overrides { moments.formUnion([stand.from, stand.to].filter { from < $0 && $0 < to }) }
    let sorted = moments.sorted()
    var entries: [Entry] = []
    for (index, moment) in sorted.enumerated() {
      let duty = duty(at: moment)
      let end = index + 1 < sorted.count ? sorted[index + 1] : to
      if let last = entries.last, last.duty == duty {
        entries[entries.count - 1] = Entry(from: last.from, to: end, duty: duty)
      } else {
        entries.append(Entry(from: moment, to: end, duty: duty))
      }
    }
    return entries
  }
}
