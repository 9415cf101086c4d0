package import Core
package import Operations
import Postgres
import Secrets

/// Plans a further visit after an appointment: due so many days after its end.
package struct PlanFollowUp: WriteOperation {
  package let appointmentId: AppointmentID
  package let type: FollowUpType
  /// As the type has it where it is not given.
  package let afterDays: FollowUpDays?
  package let note: ShortText?

  package static let contract = Contract(
    name: "followUps.create", route: .post("/appointments/{appointmentId}/follow-ups", status: 201),
    summary: "Plan a further visit after an appointment", message: "The further visit is planned.",
    access: .permission(.conductVisits), limit: .standard, mode: .write,
    audit: .row(action: "follow_up_planned", category: .scheduling), cache: .never, namesPatients: true)

  package func run(_ call: inout WriteCall) async throws -> Document<FollowUpKind> {
    let hospital = try call.hospital.id
    let visit = try await BookingDesk.lock(appointmentId, call)
    guard visit.status.occupies || visit.status == .completed else {
      throw Failure(.conflict, "The appointment is \(visit.status.rawValue).")
    }
    let id = FollowUpID.new(at: call.now)
    let sealed = try note.map {
      try call.secrets.seal($0.text, for: .patientRecord, place: FollowUps.place(of: id, in: hospital))
    }
    let rows = try await call.transaction.query(
      FollowUpQueries.insert(
        id, after: visit, type, days: afterDays?.value ?? type.days, note: sealed, by: try call.person))
    guard let row = rows.first else { throw Failure.internalFault }
    if let dueAt = try row.decode("dueAt", as: Timestamp?.self) { try FollowUps.wait(id, until: dueAt, &call) }
    call.audit.resource("follow_up", id)
    call.saw(visit.patient)
    return try Document(row)
  }
}

/// After how many days each type of further visit is due unless somebody says otherwise.
package struct ListFollowUpTypes: ReadOperation {
  package static let contract = Contract(
    name: "followUps.getTemplates", route: .get("/follow-up-types"), summary: "Show the types of further visits",
    message: "The types.", access: .permission(.viewAppointments), limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .scheduling), cache: .never)

  package struct Output: Record {
    package struct Line: Record {
      package let type: FollowUpType
      package let afterDays: FollowUpDays
      package let priority: AppointmentPriority
    }

    package let types: [Line]
  }

  package func run(_ call: ReadCall) async throws -> Output {
    Output(
      types: FollowUpType.allCases.map {
        .init(type: $0, afterDays: FollowUpDays(unchecked: $0.days), priority: $0.priority)
      })
  }
}
