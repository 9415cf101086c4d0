import Core
package import Operations
import Patients
import Postgres
package import Tenancy

/// Appointments that another system has already: each is booked as any is, by the same constraint, and nothing is booked
/// where one of them cannot be.
package struct AppointmentImport: Importer {
  package struct Item: Decodable, Sendable {
    let mrn: RecordNumber
    let doctor: EmailAddress
    let service: ServiceName?
    let startsAt: Timestamp
    let minutes: AppointmentMinutes?
    let medium: AppointmentMedium?
    let reason: VisitReason?
  }

  package let kind = ImportKind.appointments
  package let columns = [
    ImportColumn("mrn", required: true), ImportColumn("doctor", required: true), ImportColumn("service"),
    ImportColumn("startsAt", required: true), ImportColumn("minutes", .number), ImportColumn("medium"),
    ImportColumn("reason"),
  ]
  /// Each is booked by itself, in one transaction with the others.
  package let maximumLines = 500

  package init() {}

  /// Books every line and takes all of it back, so that lines which stand in each other's way are found as well.
  package func check(
    _ lines: [ImportedLine<Item>], _ notes: inout ImportNotes, _ call: inout WriteCall
  ) async throws {
    let people = try await People(of: lines.map(\.item), call)
    call.transaction.queue(AppointmentImportQueries.mark)
    try BookingDesk.begin(patients: people.patients.values, doctors: people.doctors.values, call)
    var trial = call
    for each in lines {
      let request: BookingRequest
      do { request = try people.request(for: each.item) } catch {
        for field in error.problems {
          notes.add(line: each.line, column: field.path, field.message, rule: field.rule)
        }
        continue
      }
      do {
        if try await !BookingDesk.book(request, &trial).isNew {
          notes.add(line: each.line, column: nil, "is booked already", rule: "unique")
        }
      } catch let failure as Failure where failure.code == .conflict {
        notes.add(line: each.line, column: "startsAt", failure.reasonsInTheWay, rule: "conflict")
      } catch let failure as Failure where failure.code == .badRequest {
        for field in failure.details["fields"]?.items ?? [] {
          notes.add(
            line: each.line, column: Self.column(of: field["path"]?.text ?? ""),
            field["message"]?.text ?? "is not right", rule: field["rule"]?.text ?? "type")
        }
      }
    }
    call.transaction.queue(AppointmentImportQueries.back)
  }

  package func insert(_ items: [Item], _ call: inout WriteCall) async throws {
    let people = try await People(of: items, call)
    try BookingDesk.begin(patients: people.patients.values, doctors: people.doctors.values, call)
    for item in items { _ = try await BookingDesk.book(try people.request(for: item), &call) }
  }

  /// In which column stands what a booking calls otherwise.
  private static func column(of path: String) -> String {
    switch path {
    case "patientId": "mrn"
    case "doctorId": "doctor"
    case "details.reason": "reason"
    default: path
    }
  }
}

/// Whom the lines name.
private struct People {
  struct Unknown: Error { let problems: [FieldProblem] }

  let patients: [String: PatientID]
  let doctors: [String: UserID]

  init(of items: [AppointmentImport.Item], _ call: WriteCall) async throws {
    let hospital = try call.hospital.id
    patients = try await call.patients(numbered: items.map(\.mrn.text))
    let rows = try await call.transaction.query(
      AppointmentImportQueries.people(Array(Set(items.map(\.doctor.text))), in: hospital))
    doctors = Dictionary(
      try rows.map { (try $0.decode("email", as: String.self), try $0.decode("user_id", as: UserID.self)) },
      uniquingKeysWith: { first, _ in first })
  }

  func request(for item: AppointmentImport.Item) throws(Unknown) -> BookingRequest {
    var problems: [FieldProblem] = []
    let patient = patients[item.mrn.text]
    let doctor = doctors[item.doctor.text]
    if patient == nil {
      problems.append(FieldProblem(path: "mrn", message: "is no patient's of this hospital", rule: "exists"))
    }
    if doctor == nil {
      problems.append(FieldProblem(path: "doctor", message: "is nobody's of this hospital", rule: "exists"))
    }
    guard let patient, let doctor else { throw Unknown(problems: problems) }
    var request = BookingRequest(
      patient: patient, doctor: doctor, service: item.service?.text ?? "general-consultation", start: item.startsAt)
    request.minutes = item.minutes.map { Int($0.value) }
    request.medium = item.medium
    if let reason = item.reason { request.details = ServiceDetails([.init("reason", reason.json)]) }
    return request
  }
}

extension Failure {
  /// The kinds of what stands in the way of a booking, without whom or what it belongs to.
  fileprivate var reasonsInTheWay: String {
    let kinds = Set((details["conflicts"]?.items ?? []).compactMap { $0["kind"]?.text }).sorted()
    return kinds.isEmpty ? message : "cannot be booked: \(kinds.joined(separator: ", "))"
  }
}

/// What somebody comes for: 1 to 500 characters.
struct VisitReason: TextPrimitive {
  let text: String
  init(unchecked text: String) { self.text = text }
  static var lengths: ClosedRange<Int> { 1...500 }
  static var sample: String { "Cough for two weeks" }
}
