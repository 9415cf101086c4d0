import Core
import Operations
package import Postgres
import Scheduling

/// An appointment as patient and doctor see it: a consultation in person, by picture, by voice or in writing.
package enum ConsultationKind: Shaped {
  package static let shape = RowShape([
    .init("id", "a.id", .uuid), .init("patientId", "a.patient_id", .uuid), .init("doctorId", "a.doctor_id", .uuid),
    .init("doctorName", "NULL", .string, nullable: true), .init("scheduledAt", "a.starts_at", .timestamp),
    .init("endsAt", "a.ends_at", .timestamp), .init("type", "a.medium", .string, schema: AppointmentMedium.schema),
    .init("status", "a.status", .string, schema: AppointmentStatusWord.schema),
    .init("symptoms", "NULL", .string, nullable: true), .init("feeMinor", "a.fee_minor", .integer, nullable: true),
    .init("currency", "a.currency", .string, nullable: true),
    .init("startedAt", "a.started_at", .timestamp, nullable: true),
    .init("endedAt", "a.ended_at", .timestamp, nullable: true),
    .init("cancelReason", "NULL", .string, nullable: true), .init("createdAt", "a.created_at", .timestamp),
    .init("updatedAt", "a.updated_at", .timestamp), .init("version", "a.version", .integer),
  ])
}

extension Appointment {
  /// Its fields as a consultation.
  func consultation(_ shape: RowShape = ConsultationKind.shape) -> JSONValue {
    .object(shape.columns.map { .init($0.name, consultationValue($0.name)) })
  }

  private func consultationValue(_ name: String) -> JSONValue {
    switch name {
    case "id": .string(id.text)
    case "patientId": .string(patient.text)
    case "doctorId": .string(doctor.text)
    case "doctorName": doctorName.map { .string($0) } ?? .null
    case "scheduledAt": startsAt.json
    case "endsAt": endsAt.json
    case "type": medium.json
    case "status": .string(status.rawValue)
    case "symptoms": content.details["symptoms"] ?? .null
    case "feeMinor": fee.map { .integer($0.minor) } ?? .null
    case "currency": fee.map { .string($0.currency) } ?? .null
    case "startedAt": startedAt?.json ?? .null
    case "endedAt": endedAt?.json ?? .null
    case "cancelReason": content.cancelReason.map { .string($0) } ?? .null
    case "createdAt": createdAt.json
    case "updatedAt": updatedAt.json
    case "version": .integer(version)
    default: .null
    }
  }

  /// What somebody is in it; nil for everybody else, to whom it does not exist.
  func party(_ person: UserID) -> ConsultationParty? {
    if doctor == person { return .doctor }
    return patientAccount == person ? .patient : nil
  }
}

/// The two sides of a consultation and what each may do with it.
enum ConsultationParty: Sendable {
  case patient, doctor

  /// To which states it may be carried by whom: a patient only gives it up.
  func may(_ status: AppointmentLife.Status) -> Bool {
    switch self {
    case .patient: status == .cancelled
    case .doctor: [.confirmed, .inProgress, .completed, .noShow, .cancelled].contains(status)
    }
  }

  var cause: CancelCause { self == .patient ? .patient : .doctor }
}

extension WriteCall {
  /// A consultation of the caller's own, locked where it is going to change; that he looked is on record.
  mutating func consultation(
    _ id: AppointmentID, locks: Bool = false
  ) async throws -> (appointment: Appointment, party: ConsultationParty) {
    let rows = try await transaction.query(ConsultationQueries.find(id, in: try hospital.id, locks: locks))
    guard let row = rows.first else { throw Failure.notFound("consultation") }
    let appointment = try Appointment(row, secrets)
    guard let party = appointment.party(try person) else { throw Failure.notFound("consultation") }
    audit.resource("appointment", id)
    saw(appointment.patient)
    return (appointment, party)
  }
}
