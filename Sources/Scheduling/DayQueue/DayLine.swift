package import Core

package enum DayQueueEntity {}
package typealias DayQueueID = Identifier<DayQueueEntity>
package enum QueueEntryEntity {}
package typealias QueueEntryID = Identifier<QueueEntryEntity>

/// Those who wait for one doctor on one day, the next first, and how many he sees now.
package struct DayLine: Sendable, Equatable {
  package struct Entry: Sendable, Equatable {
    package let id: QueueEntryID
    package let number: Int64
    package var isEmergency: Bool

    package init(id: QueueEntryID, number: Int64, isEmergency: Bool) {
      self.id = id
      self.number = number
      self.isEmergency = isEmergency
    }
  }

  /// Who waits at once for one doctor; an emergency always finds room.
  package static let most = 50

  package private(set) var waiting: [Entry]
  package private(set) var inProgress: Int
  /// How long one visit takes.
  package let averageMinutes: Int64

  package init(waiting: [Entry], inProgress: Int, averageMinutes: Int64) {
    self.waiting = waiting
    self.inProgress = inProgress
    self.averageMinutes = averageMinutes
  }

  package var hasRoom: Bool { waiting.count < Self.most }

  /// At the end; an emergency before everybody but the emergencies that were there before it.
  package mutating func join(_ entry: Entry) {
    let place = entry.isEmergency ? waiting.firstIndex { !$0.isEmergency } ?? waiting.endIndex : waiting.endIndex
    waiting.insert(entry, at: place)
  }

  /// Makes an emergency of somebody who waits; false where he does not.
  package mutating func bringForward(_ id: QueueEntryID) -> Bool {
    guard let index = waiting.firstIndex(where: { $0.id == id }) else { return false }
    var entry = waiting.remove(at: index)
    entry.isEmergency = true
    join(entry)
    return true
  }

  /// Takes these to be the order; false where they are not just those who wait.
  package mutating func reorder(_ ids: [QueueEntryID]) -> Bool {
    guard ids.count == waiting.count, Set(ids) == Set(waiting.map(\.id)) else { return false }
    let known = Dictionary(uniqueKeysWithValues: waiting.map { ($0.id, $0) })
    waiting = ids.compactMap { known[$0] }
    return true
  }

  /// He is with the doctor now; false where he did not wait.
  package mutating func start(_ id: QueueEntryID) -> Bool {
    guard leave(id) else { return false }
    inProgress += 1
    return true
  }

  package mutating func leave(_ id: QueueEntryID) -> Bool {
    guard let index = waiting.firstIndex(where: { $0.id == id }) else { return false }
    waiting.remove(at: index)
    return true
  }

  /// One of those who were with the doctor has gone.
  package mutating func finish() { inProgress = max(0, inProgress - 1) }

  /// How each who waits stands, the next first.
  package var standings: [QueueStanding] {
    waiting.indices.map { index in
      QueueStanding(
        entry: waiting[index].id, number: waiting[index].number, state: .waiting, position: Int64(index + 1),
        waitMinutes: Int64(index + inProgress) * averageMinutes)
    }
  }

  /// Those who wait and whose place or time is another than it was.
  package func changes(since before: DayLine) -> [QueueStanding] {
    let known = Dictionary(uniqueKeysWithValues: before.standings.map { ($0.entry, $0) })
    return standings.filter { known[$0.entry] != $0 }
  }
}

/// How somebody stands in a doctor's queue: 1 is the next, 0 who does not wait any more.
package struct QueueStanding: Sendable, Equatable {
  package let entry: QueueEntryID
  package let number: Int64
  package let state: QueueState
  package let position: Int64
  package let waitMinutes: Int64

  package init(entry: QueueEntryID, number: Int64, state: QueueState, position: Int64, waitMinutes: Int64) {
    self.entry = entry
    self.number = number
    self.state = state
    self.position = state == .waiting ? position : 0
    self.waitMinutes = state == .waiting ? waitMinutes : 0
  }

  /// What the holder of a ticket hears: numbers and a word.
  package var json: JSONValue {
    [
      "number": .integer(number), "state": .string(state.rawValue), "position": .integer(position),
      "waitMinutes": .integer(waitMinutes),
    ]
  }
}

/// Where somebody is who came for an appointment.
package enum QueueState: String, ChoicePrimitive {
  case waiting
  case inProgress = "in_progress"
  case done, left
}
