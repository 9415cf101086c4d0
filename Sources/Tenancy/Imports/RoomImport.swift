import Core
package import Operations
import Postgres

/// Rooms of the hospital, each with a number of its own.
package struct RoomImport: Importer {
  package struct Item: Decodable, Sendable {
    let number: DoorNumber
    let departmentId: DepartmentID?
    let beds: BedCount?
  }

  package let kind = ImportKind.rooms
  package let columns = [
    ImportColumn("number", required: true), ImportColumn("department", .department, at: "departmentId"),
    ImportColumn("beds", .number),
  ]

  package init() {}

  package func check(
    _ lines: [ImportedLine<Item>], _ notes: inout ImportNotes, _ call: inout WriteCall
  ) async throws {
    notes.noteRepeated(lines, column: "number") { $0.number.text }
    let taken = try await call.transaction.texts(
      "number", ImportQueries.rooms(lines.map(\.item.number.text), in: try call.hospital.id))
    for each in lines where taken.contains(each.item.number.text) {
      notes.add(line: each.line, column: "number", "is another room's", rule: "unique")
    }
  }

  package func insert(_ items: [Item], _ call: inout WriteCall) async throws {
    let now = call.now
    let ids = items.map { _ in RoomID.new(at: now).rawValue }
    let made = try await call.transaction.query(ImportQueries.insertRooms(ids, items, in: try call.hospital.id))
    guard made.count == items.count else { throw Failure.overtaken }
  }
}
