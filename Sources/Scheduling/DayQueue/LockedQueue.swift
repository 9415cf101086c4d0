import Core
import Operations
import Postgres
import Tenancy

/// A doctor's queue of one day that a transaction has locked, with those who wait in it.
struct LockedQueue {
  let id: DayQueueID
  let doctor: UserID
  let day: String
  private(set) var version: Int64
  private var lastNumber: Int64
  /// As it stood when it was locked.
  private let before: DayLine
  var line: DayLine

  /// The rows are the queue's one and those of its open entries.
  private init(_ row: Row, _ open: Rows) throws {
    id = try row.decode("id")
    doctor = try row.decode("doctor_id")
    day = try row.decode("day")
    version = try row.decode("version")
    lastNumber = try row.decode("last_number")
    var waiting: [DayLine.Entry] = []
    var inProgress = 0
    for entry in open {
      guard try entry.decode("state", as: String.self) == QueueState.waiting.rawValue else {
        inProgress += 1
        continue
      }
      waiting.append(
        DayLine.Entry(
          id: try entry.decode("id"), number: try entry.decode("number"), isEmergency: try entry.decode("is_emergency"))
      )
    }
    before = DayLine(waiting: waiting, inProgress: inProgress, averageMinutes: try row.decode("average_minutes"))
    line = before
  }

  /// Nil where the statement that locks finds no queue.
  static func lock(_ statement: SQL, in hospital: HospitalID, _ transaction: Transaction) async throws -> LockedQueue? {
    guard let row = try await transaction.query(statement).first else { return nil }
    return try LockedQueue(
      row, try await transaction.query(DayQueueQueries.open(in: try row.decode("id"), hospital)))
  }

  mutating func nextNumber() -> Int64 {
    lastNumber += 1
    return lastNumber
  }

  /// Writes the order, counts the change, and tells it: that the queue is another, and to whoever holds a ticket how he
  /// stands. `gone` is how somebody stands who does not wait any more.
  mutating func save(reordered: Bool, gone: QueueStanding?, in hospital: HospitalID, _ call: inout WriteCall) {
    if reordered, !line.waiting.isEmpty { call.transaction.queue(DayQueueQueries.order(line.waiting, in: hospital)) }
    call.transaction.queue(DayQueueQueries.count(lastNumber, of: id, in: hospital))
    version += 1
    call.emit(
      Event(
        "queue:updated", to: [.appointments(hospital)],
        payload: [
          "queueId": .string(id.text), "doctorId": .string(doctor.text), "date": .string(day),
          "version": .integer(version),
        ]))
    for standing in (gone.map { [$0] } ?? []) + line.changes(since: before) {
      call.emit(
        Event(
          LineStanding.eventName, to: [.line(id.text, entry: standing.entry.text, in: hospital)], payload: standing.json
        )
      )
    }
  }
}
