package import Core
package import Operations
package import Postgres

package enum LineEntryEntity {}
package typealias LineEntryID = Identifier<LineEntryEntity>
/// A department's line, or what else somebody waits in.
package enum LineEntity {}
package typealias LineID = Identifier<LineEntity>

/// Somebody who waits, on the wire: a number on a ticket.
package enum LineEntryKind: Shaped {
  package static let shape = RowShape([
    .init("id", "e.id", .uuid), .init("departmentId", "e.department_id", .uuid), .init("number", "e.number", .integer),
    .init("state", "e.state", .string), .init("joinedAt", "e.joined_at", .timestamp),
    .init("calledAt", "e.called_at", .timestamp, nullable: true),
    .init("leftAt", "e.left_at", .timestamp, nullable: true),
    .init("expiresAt", "e.expires_at", .timestamp),
  ])
}

/// The number on a ticket.
package struct TicketNumber: IntegerPrimitive {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var range: ClosedRange<Int64> { 1...Int64(Int32.max) }
}

/// How somebody stands in a line: 1 is the next, 0 who does not wait any more.
package struct LinePlace: IntegerPrimitive {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var range: ClosedRange<Int64> { 0...10_000 }
}

extension Room {
  /// Whoever holds this ticket.
  package static func line(_ line: LineID, _ entry: LineEntryID, in hospital: HospitalID) -> Room {
    .line(line.text, entry: entry.text, in: hospital)
  }
}

/// How one entry stands, as its holder hears it: numbers and one of three words.
package struct LineStanding: Sendable, Equatable {
  package enum State: String, Sendable, CaseIterable { case waiting, called, left }

  package let number: Int64
  package let state: State
  /// 1 is the next; 0 for who does not wait any more.
  package let position: Int64

  package init(number: Int64, state: State, position: Int64) {
    self.number = number
    self.state = state
    self.position = state == .waiting ? position : 0
  }

  package init(_ row: Row) throws {
    guard let state = State(rawValue: try row.decode("state")) else { throw Failure.internalFault }
    self.init(number: try row.decode("number"), state: state, position: try row.decode("position"))
  }

  package static let eventName = "queue:position"

  package var json: JSONValue {
    ["number": .integer(number), "state": .string(state.rawValue), "position": .integer(position)]
  }

  /// Told to whoever holds the ticket.
  package func event(of entry: LineEntryID, line: DepartmentID, in hospital: HospitalID) -> Event {
    Event(Self.eventName, to: [.line(line.text, entry: entry.text, in: hospital)], payload: json)
  }
}

/// Those who wait in one line, the next first, as a transaction has locked it.
package struct WaitingLine: Sendable, Equatable {
  package struct Entry: Sendable, Equatable {
    package let id: LineEntryID
    package let number: Int64

    package init(id: LineEntryID, number: Int64) {
      self.id = id
      self.number = number
    }
  }

  package let entries: [Entry]
  package init(_ entries: [Entry]) { self.entries = entries }

  package init(_ rows: Rows) throws {
    entries = try rows.map { Entry(id: try $0.decode("id"), number: try $0.decode("number")) }
  }

  /// What changes for whom when this one goes: for himself, and for those behind him. Nothing when he does not wait.
  package func without(
    _ id: LineEntryID, as state: LineStanding.State
  ) -> [(entry: LineEntryID, standing: LineStanding)] {
    guard let index = entries.firstIndex(where: { $0.id == id }) else { return [] }
    return [(id, LineStanding(number: entries[index].number, state: state, position: 0))]
      + entries.indices.dropFirst(index + 1).map { place in
        (entries[place].id, LineStanding(number: entries[place].number, state: .waiting, position: Int64(place)))
      }
  }
}

/// Who knows how the holder of a ticket stands: departments for their lines, others for theirs. Nil for a ticket of
/// something else.
package struct LineKeeper: Sendable {
  package let standing: @Sendable (LineTicket, inout WriteCall) async throws -> JSONValue?

  package init(standing: @escaping @Sendable (LineTicket, inout WriteCall) async throws -> JSONValue?) {
    self.standing = standing
  }

  package static let departments = LineKeeper { ticket, call in
    try await call.transaction.query(LineQueries.standing(of: ticket)).first.map { try LineStanding($0).json }
  }
}
