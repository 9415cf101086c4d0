package import Core
package import Jobs
package import Operations
import Postgres

/// Does with an appointment what its service's plugin offers, such as taking measures: checked at once, done by a job in
/// the service's own queue.
package struct PerformServiceOperation: WriteOperation {
  package let appointmentId: AppointmentID
  package let operation: ServiceName
  package let data: ServiceDetails?

  package static let contract = Contract(
    name: "appointments.perform", route: .post("/appointments/{appointmentId}/service-operations"),
    summary: "Have a service's own operation done", message: "It is being done.",
    access: .permission(.manageAppointments), limit: .standard, mode: .write,
    audit: .row(action: "service_operation_asked", category: .scheduling), cache: .never, namesPatients: true)

  package func run(_ call: inout WriteCall) async throws -> AskedOperation {
    let appointment = try await BookingDesk.lock(appointmentId, call)
    let service = try Services.shipped.serving(appointment)
    let wanted = try service.operation(operation.text)
    let problems = wanted.fields.problems(with: data?.members ?? [], under: "data")
    guard problems.isEmpty else { throw Failure.invalid(problems) }
    try wanted.mustFit(appointment)
    BookingDesk.note(appointment, &call)
    call.audit.details["operation"] = .string(wanted.name)
    let job = try call.enqueue(
      Job(
        queue: service.queue, kind: ServiceWork.jobKind,
        payload: [
          "appointment": .string(appointmentId.text), "operation": .string(wanted.name),
          "data": data?.json ?? .object([]),
        ]))
    return AskedOperation(appointmentId: appointmentId, operation: operation, jobId: job)
  }
}

/// What will be done.
package struct AskedOperation: Record {
  package let appointmentId: AppointmentID
  package let operation: ServiceName
  package let jobId: JobID
}

/// The jobs of services, each in its service's queue: what was asked for is kept with the appointment, sealed.
package enum ServiceWork {
  static let jobKind = "service.perform"

  package static let handlers = Set(Services.shipped.all.map(\.service.queue)).sorted().map { queue in
    JobHandler(queue: queue, kind: jobKind, inTransaction: { job, call in try await perform(job, &call) })
  }

  private static func perform(_ job: ClaimedJob, _ call: inout WriteCall) async throws {
    guard let id = job.payload["appointment"]?.text.flatMap({ AppointmentID($0) }),
      let name = job.payload["operation"]?.text, let data = job.payload["data"]
    else { throw JobTrouble("unknown work of a service", isFinal: true) }
    do {
      let before = try await BookingDesk.lock(id, call)
      let operation = try Services.shipped.serving(before).operation(name)
      try operation.mustFit(before)
      var content = before.content
      content.records.removeAll { $0.key == name }
      content.records.append(.init(name, data))
      let sealed = try content.sealed(of: id, in: before.hospital, with: call.secrets)
      let rows = try await call.transaction.query(AppointmentQueries.keep(sealed, of: id, in: before.hospital))
      guard let row = rows.first else { throw Failure.internalFault }
      var audit = AuditRow(system: "service_operation_done", category: .scheduling, hospital: before.hospital)
      audit.note.resource("appointment", id)
      audit.note.patientID = before.patient
      audit.note.details["operation"] = .string(name)
      call.auditRows.append(audit)
      try await AppointmentChange(appointment: try Appointment(row, call.secrets), step: name).leave(&call)
    } catch let failure as Failure where failure.code == .conflict || failure.code == .badRequest {
      throw JobTrouble("the appointment does not allow it any more", isFinal: true)
    }
  }
}

extension Services {
  /// The service of an appointment; throws where the plugin that knew it is gone.
  package func serving(_ appointment: Appointment) throws(Failure) -> Service {
    guard let service = named(appointment.service) else { throw .invalid([unknown(appointment.service)]) }
    return service
  }
}

extension Service {
  package func operation(_ name: String) throws(Failure) -> ServiceOperation {
    if let found = operations.first(where: { $0.name == name }) { return found }
    let known = operations.map(\.name).sorted().joined(separator: ", ")
    throw .invalid(
      "operation",
      known.isEmpty ? "is none of this service, which has none" : "is none of this service; there are \(known)",
      rule: "exists")
  }
}

extension ServiceOperation {
  /// Throws where the appointment is in no state for it.
  package func mustFit(_ appointment: Appointment) throws(Failure) {
    guard !states.contains(appointment.status) else { return }
    throw Failure(
      .conflict, "The appointment is \(appointment.status.rawValue); \(name) cannot be done now.",
      details: [
        "status": .string(appointment.status.rawValue),
        "allowed": .array(states.map(\.rawValue).sorted().map { .string($0) }),
      ])
  }
}
