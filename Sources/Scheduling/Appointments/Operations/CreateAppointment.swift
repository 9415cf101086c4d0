package import Core
package import Operations
package import Tenancy

/// Books an appointment for a patient; the same booked again is the same appointment.
package struct CreateAppointment: WriteOperation {
  package let patientId: PatientID
  package let doctorId: UserID
  package let service: ServiceName
  package let startsAt: Timestamp
  package let minutes: AppointmentMinutes?
  package let medium: AppointmentMedium?
  package let priority: AppointmentPriority?
  package let locationId: LocationID?
  package let resources: [ResourceID]?
  package let holdSeconds: HoldSeconds?
  package let overrideReason: ShortText?
  package let details: ServiceDetails?

  package static let contract = Contract(
    name: "appointments.create", route: .post("/appointments", status: 201), summary: "Book an appointment",
    message: "The appointment is booked.", access: .permission(.manageAppointments),
    limit: RateLimit("appointments.create", max: 300, windowSeconds: 60), mode: .write,
    audit: .row(action: "appointment_booked", category: .scheduling), cache: .never, namesPatients: true)

  package func run(_ call: inout WriteCall) async throws -> Document<AppointmentKind> {
    var request = BookingRequest(patient: patientId, doctor: doctorId, service: service.text, start: startsAt)
    request.minutes = minutes.map { Int($0.value) }
    request.medium = medium
    request.priority = priority ?? .normal
    request.location = locationId
    request.resources = resources ?? []
    request.holdSeconds = holdSeconds.map { Int($0.value) }
    request.overrideReason = overrideReason?.text
    request.details = details ?? ServiceDetails()
    return try await BookingDesk.book(request, &call).answer(&call)
  }
}

/// Books an appointment for oneself. What has a price is held until it is paid, where a payment service is set up.
package struct BookOwnAppointment: JoinedOperation {
  package let doctorId: UserID
  package let service: ServiceName
  package let startsAt: Timestamp
  package let medium: AppointmentMedium?
  package let locationId: LocationID?
  /// Left out: online, where that can be.
  package let payment: PaymentPlace?
  package let details: ServiceDetails?

  package static let contract = Contract(
    name: "appointments.book", route: .post("/my-appointments", status: 201),
    summary: "Book an appointment for oneself", message: "Your appointment is booked.",
    access: .permission(.bookAppointments), limit: RateLimit("appointments.book", max: 60, windowSeconds: 60),
    mode: .write, audit: .row(action: "appointment_booked", category: .scheduling), cache: .never, namesPatients: true)

  package func run(_ call: inout WriteCall, _ terms: BookingTerms) async throws -> Document<AppointmentKind> {
    var request = BookingRequest(
      patient: try await call.ownPatient(), doctor: doctorId, service: service.text, start: startsAt)
    request.medium = medium
    request.location = locationId
    request.unpaidSeconds = terms.unpaidSeconds(for: payment)
    request.details = details ?? ServiceDetails()
    return try await BookingDesk.book(request, &call).answer(&call)
  }
}

extension Booking {
  /// What the caller is answered, and the audit row says.
  package func answer(_ call: inout WriteCall) throws -> Document<AppointmentKind> {
    call.audit.resource("appointment", appointment.id)
    call.audit.details["service"] = .string(appointment.service)
    call.audit.details["status"] = .string(appointment.status.rawValue)
    call.audit.details["isNew"] = .bool(isNew)
    if appointment.overrideBy != nil { call.audit.details["isOverride"] = true }
    return appointment.document
  }
}
