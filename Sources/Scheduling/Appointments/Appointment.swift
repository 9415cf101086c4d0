package import Core
import FoundationEssentials
package import Operations
package import Postgres
package import Secrets
package import Tenancy

/// What something costs, as it was when it was booked: minor units of a currency after ISO 4217.
package struct Fee: Sendable, Equatable {
  package let minor: Int64
  package let currency: String

  package init(minor: Int64, currency: String) {
    self.minor = minor
    self.currency = currency
  }
}

/// An appointment as it is stored, opened.
package struct Appointment: Sendable {
  package let id: AppointmentID
  package let hospital: HospitalID
  package let patient: PatientID
  /// The patient's own account, if he has one.
  package let patientAccount: UserID?
  package let doctor: UserID
  package let doctorName: String?
  package let location: LocationID?
  package let service: String
  package let medium: AppointmentMedium
  package let priority: AppointmentPriority
  package let status: AppointmentLife.Status
  package let holdEndsAt: Timestamp?
  package let startsAt: Timestamp
  package let endsAt: Timestamp
  package let fee: Fee?
  package let content: AppointmentContent
  package let overrideBy: UserID?
  package let cancelCause: String?
  package let series: SeriesID?
  package let course: CourseID?
  /// Rooms and devices that it takes at present.
  package var resources: [ResourceID]
  package let checkedInAt: Timestamp?
  package let startedAt: Timestamp?
  package let endedAt: Timestamp?
  package let createdBy: UserID?
  package let createdAt: Timestamp
  package let updatedAt: Timestamp
  package let version: Int64

  /// Reads a row of ``AppointmentQueries/columns``.
  package init(_ row: Row, _ secrets: KeyRing) throws {
    id = try row.decode("id")
    hospital = try row.decode("hospital_id")
    patient = try row.decode("patient_id")
    patientAccount = try row.decode("patient_account")
    doctor = try row.decode("doctor_id")
    doctorName = try row.decode("doctor_name")
    location = try row.decode("location_id")
    service = try row.decode("service")
    medium = AppointmentMedium(rawValue: try row.decode("medium")) ?? .inPerson
    priority = AppointmentPriority(rawValue: try row.decode("priority")) ?? .normal
    guard let word = AppointmentLife.Status(rawValue: try row.decode("status")) else { throw Failure.internalFault }
    status = word
    holdEndsAt = try row.decode("hold_ends_at")
    startsAt = try row.decode("starts_at")
    endsAt = try row.decode("ends_at")
    if let minor = try row.decode("fee_minor", as: Int64?.self) {
      fee = Fee(minor: minor, currency: try row.decode("currency"))
    } else {
      fee = nil
    }
    content = try AppointmentContent(opening: try row.decode("content"), of: id, in: hospital, with: secrets)
    overrideBy = try row.decode("override_by")
    cancelCause = try row.decode("cancel_reason")
    series = try row.decode("series_id")
    course = try row.decode("course_id")
    resources = try row.decode("resource_ids", as: [UUID]?.self)?.map { ResourceID(rawValue: $0) } ?? []
    checkedInAt = try row.decode("checked_in_at")
    startedAt = try row.decode("started_at")
    endedAt = try row.decode("ended_at")
    createdBy = try row.decode("created_by")
    createdAt = try row.decode("created_at")
    updatedAt = try row.decode("updated_at")
    version = try row.decode("version")
  }

  package var life: AppointmentLife { AppointmentLife(status, needsCheckIn: medium == .inPerson) }
  package var minutes: Int { Int((endsAt.microseconds - startsAt.microseconds) / 60_000_000) }
}

extension Appointment {
  /// The value of a field of ``AppointmentKind``.
  func value(_ name: String) -> JSONValue {
    func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
    func time(_ value: Timestamp?) -> JSONValue { value?.json ?? .null }
    return switch name {
    case "id": .string(id.text)
    case "hospitalId": .string(hospital.text)
    case "patientId": .string(patient.text)
    case "doctorId": .string(doctor.text)
    case "doctorName": text(doctorName)
    case "locationId": text(location?.text)
    case "service": .string(service)
    case "medium": .string(medium.rawValue)
    case "priority": .string(priority.rawValue)
    case "status": .string(status.rawValue)
    case "holdEndsAt": time(holdEndsAt)
    case "startsAt": startsAt.json
    case "endsAt": endsAt.json
    case "resourceIds": .array(resources.map { .string($0.text) })
    case "feeMinor": fee.map { .integer($0.minor) } ?? .null
    case "currency": text(fee?.currency)
    case "details": content.details
    case "records": content.records.isEmpty ? .null : .object(content.records)
    case "isOverride": .bool(overrideBy != nil)
    case "overrideReason": text(content.overrideReason)
    case "overrideBy": text(overrideBy?.text)
    case "cancelCause": text(cancelCause)
    case "cancelReason": text(content.cancelReason)
    case "seriesId": text(series?.text)
    case "courseId": text(course?.text)
    case "checkedInAt": time(checkedInAt)
    case "startedAt": time(startedAt)
    case "endedAt": time(endedAt)
    case "createdBy": text(createdBy?.text)
    case "createdAt": createdAt.json
    case "updatedAt": updatedAt.json
    case "version": .integer(version)
    default: .null
    }
  }

  package func json(_ shape: RowShape = AppointmentKind.shape) -> JSONValue {
    .object(shape.columns.map { .init($0.name, value($0.name)) })
  }

  package var document: Document<AppointmentKind> { Document(json: json()) }
}
