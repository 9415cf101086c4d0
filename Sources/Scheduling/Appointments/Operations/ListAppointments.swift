package import Core
package import Operations
package import Tenancy

/// Lists a hospital's appointments, a doctor's or a patient's, the earliest first.
package struct ListAppointments: WriteOperation {
  package let paging: Paging<AppointmentKind>
  package let doctorId: UserID?
  package let patientId: PatientID?
  package let locationId: LocationID?
  package let service: ServiceName?
  package let status: [AppointmentStatusWord]?
  package let from: Timestamp?
  package let to: Timestamp?

  package static let contract = Contract(
    name: "appointments.list", aliases: ["appointments.getAll"], route: .get("/appointments"),
    summary: "List appointments", message: "The appointments.", access: .permission(.viewAppointments),
    limit: RateLimit("appointments.list", max: 300, windowSeconds: 60), mode: .read,
    audit: .reads(action: "appointments_listed"), cache: .never)

  private enum Key: String, CodingKey { case doctorId, patientId, locationId, service, status, from, to }

  package init(from decoder: any Decoder) throws {
    paging = try Paging(from: decoder)
    let input = try decoder.container(keyedBy: Key.self)
    doctorId = try input.decodeIfPresent(UserID.self, forKey: .doctorId)
    patientId = try input.decodeIfPresent(PatientID.self, forKey: .patientId)
    locationId = try input.decodeIfPresent(LocationID.self, forKey: .locationId)
    service = try input.decodeIfPresent(ServiceName.self, forKey: .service)
    status = try input.decodeIfPresent([AppointmentStatusWord].self, forKey: .status)
    from = try input.decodeIfPresent(Timestamp.self, forKey: .from)
    to = try input.decodeIfPresent(Timestamp.self, forKey: .to)
  }

  package func run(_ call: inout WriteCall) async throws -> AppointmentPage {
    let filter = AppointmentFilter(
      doctor: doctorId, patient: patientId, location: locationId, service: service, statuses: status ?? [], from: from,
      to: to)
    return try await AppointmentPage.of(filter, paging, &call)
  }
}

/// Lists the caller's own appointments as a patient, the earliest first.
package struct ListOwnAppointments: WriteOperation {
  package let paging: Paging<AppointmentKind>
  package let status: [AppointmentStatusWord]?
  package let from: Timestamp?
  package let to: Timestamp?

  package static let contract = Contract(
    name: "appointments.mine", aliases: ["appointments.getMine"], route: .get("/my-appointments"),
    summary: "List one's own appointments", message: "Your appointments.", access: .permission(.bookAppointments),
    limit: .standard, mode: .read, audit: .reads(action: "own_appointments_listed"), cache: .never)

  private enum Key: String, CodingKey { case status, from, to }

  package init(from decoder: any Decoder) throws {
    paging = try Paging(from: decoder)
    let input = try decoder.container(keyedBy: Key.self)
    status = try input.decodeIfPresent([AppointmentStatusWord].self, forKey: .status)
    from = try input.decodeIfPresent(Timestamp.self, forKey: .from)
    to = try input.decodeIfPresent(Timestamp.self, forKey: .to)
  }

  package func run(_ call: inout WriteCall) async throws -> AppointmentPage {
    let filter = AppointmentFilter(patient: try await call.ownPatient(), statuses: status ?? [], from: from, to: to)
    return try await AppointmentPage.of(filter, paging, &call)
  }
}
