package import Core
package import Operations
import Patients
import Postgres

/// Lets a patient wait for a time that becomes free between two times.
package struct AddToWaitingList: WriteOperation {
  package let patientId: PatientID
  /// Any who becomes free where it is not given.
  package let doctorId: UserID?
  package let service: ServiceName
  /// As long as the service lasts where it is not given.
  package let minutes: AppointmentMinutes?
  package let priority: AppointmentPriority?
  /// From now where it is not given.
  package let earliest: Timestamp?
  package let latest: Timestamp

  package static let contract = Contract(
    name: "waitingList.add", route: .post("/waiting-list", status: 201), summary: "Let a patient wait for a free time",
    message: "The patient waits.", access: .permission(.manageAppointments), limit: .standard, mode: .write,
    audit: .row(action: "waiting_added", category: .scheduling), cache: .never, namesPatients: true)

  /// Who begins to wait for one doctor, or for any, on one day.
  static let mostPerDay = 20

  package func run(_ call: inout WriteCall) async throws -> Document<WaitingEntryKind> {
    let hospital = try call.hospital.id
    var problems: [FieldProblem] = []
    let known = Services.shipped.named(service.text)
    if known == nil { problems.append(Services.shipped.unknown(service.text)) }
    let from = max(earliest ?? call.now, call.now)
    if latest <= from {
      problems.append(FieldProblem(path: "latest", message: "must lie ahead, and after earliest", rule: "future"))
    }
    if latest > call.now.adding(seconds: 366 * 86_400) {
      problems.append(FieldProblem(path: "latest", message: "must lie within a year", rule: "range"))
    }
    if let doctorId, try await call.transaction.query(WaitingQueries.role(of: doctorId, in: hospital)).isEmpty {
      problems.append(FieldProblem(path: "doctorId", message: "refers to nobody in this hospital", rule: "exists"))
    }
    guard let known, problems.isEmpty else { throw Failure.invalid(problems) }
    try await call.mustKnow(patientId)
    call.transaction.queue(WaitingQueries.lockAdditions(in: hospital))
    let added = try await call.transaction.query(WaitingQueries.addedToday(for: doctorId, in: hospital)).first
    guard try added?.decode("added", as: Int.self) ?? 0 < Self.mostPerDay else {
      throw Failure(
        .conflict, "The waiting list of this day is full.", details: ["perDay": .integer(Int64(Self.mostPerDay))])
    }
    let id = WaitingEntryID.new(at: call.now)
    let rows = try await call.transaction.query(
      WaitingQueries.insert(
        id, self, minutes: minutes.map { Int($0.value) } ?? known.minutes, from: from, in: hospital,
        by: try call.person))
    guard let row = rows.first else { throw Failure.internalFault }
    call.audit.resource("waiting_entry", id)
    return try Document(row)
  }
}

extension WriteCall {
  /// Refuses a patient whose record is not in this hospital, or is kept from the caller; notes that it was used.
  mutating func mustKnow(_ patient: PatientID, field: String = "patientId") async throws {
    do {
      try await PatientContact.open(patient, &self)
    } catch let failure as Failure where failure.code == .notFound {
      throw Failure.invalid(field, "refers to nothing in this hospital", rule: "exists")
    }
  }
}
