package import Core
package import Operations
import Postgres
package import Tenancy

/// Shows who waits for a doctor on a day, the next first, and whom he sees now.
package struct GetDoctorQueue: ReadOperation {
  package let doctorId: UserID
  /// Today where it is not given.
  package let date: CivilDate?

  package static let contract = Contract(
    name: "queue.getDoctorQueue", route: .get("/doctors/{doctorId}/queue"), summary: "Show a doctor's queue of a day",
    message: "The queue.", access: .permission(.viewAppointments), limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .scheduling), cache: .never)

  package func run(_ call: ReadCall) async throws -> DoctorQueue {
    let hospital = try call.hospital.id
    let day = try await call.row(DayQueueQueries.day(of: doctorId, on: date?.text, in: hospital), else: "doctor")
    let rows = try await call.rows(DayQueueQueries.find(of: doctorId, on: date?.text, in: hospital))
    guard let queue = rows.first else {
      return DoctorQueue(
        doctorId: doctorId, date: CivilDate(unchecked: try day.decode("day")), version: 0,
        averageMinutes: try day.decode("average_minutes"), entries: [])
    }
    return try DoctorQueue(queue, try await call.rows(DayQueueQueries.open(in: try queue.decode("id"), hospital)))
  }
}

/// A doctor's queue of one day on the wire.
package struct DoctorQueue: Record {
  package struct Entry: Record {
    package let id: QueueEntryID
    package let appointmentId: AppointmentID
    package let number: QueueCount
    package let state: QueueState
    /// 1 is the next; 0 for who is with the doctor.
    package let position: QueueCount
    package let waitMinutes: QueueCount
    package let isEmergency: Bool
    package let joinedAt: Timestamp
  }

  package let doctorId: UserID
  package let date: CivilDate
  /// Counts changes; 0 where nobody has come yet.
  package let version: QueueCount
  package let averageMinutes: QueueCount
  package let entries: [Entry]

  init(doctorId: UserID, date: CivilDate, version: Int64, averageMinutes: Int64, entries: [Entry]) {
    self.doctorId = doctorId
    self.date = date
    self.version = QueueCount(unchecked: version)
    self.averageMinutes = QueueCount(unchecked: averageMinutes)
    self.entries = entries
  }

  init(_ queue: Row, _ open: Rows) throws {
    let average: Int64 = try queue.decode("average_minutes")
    let states = try open.map { try $0.decode("state", as: String.self) }
    let inProgress = states.count { $0 == QueueState.inProgress.rawValue }
    var ahead = 0
    var entries: [Entry] = []
    for (row, state) in zip(open, states) {
      let isWaiting = state == QueueState.waiting.rawValue
      entries.append(
        Entry(
          id: try row.decode("id"), appointmentId: try row.decode("appointment_id"),
          number: QueueCount(unchecked: try row.decode("number")), state: isWaiting ? .waiting : .inProgress,
          position: QueueCount(unchecked: isWaiting ? Int64(ahead + 1) : 0),
          waitMinutes: QueueCount(unchecked: isWaiting ? Int64(ahead + inProgress) * average : 0),
          isEmergency: try row.decode("is_emergency"), joinedAt: try row.decode("joined_at")))
      if isWaiting { ahead += 1 }
    }
    self.init(
      doctorId: try queue.decode("doctor_id"), date: CivilDate(unchecked: try queue.decode("day")),
      version: try queue.decode("version"), averageMinutes: average, entries: entries)
  }
}

/// A number, a place or minutes in a queue.
package struct QueueCount: IntegerPrimitive {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var range: ClosedRange<Int64> { 0...Int64(Int32.max) }
}
