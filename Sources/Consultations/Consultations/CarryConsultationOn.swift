package import Core
package import Operations
import Postgres
package import Scheduling

/// To what one of the two may carry a consultation.
package enum ConsultationStep: String, ChoicePrimitive {
  case confirmed
  case inProgress = "in_progress"
  case completed
  case noShow = "no_show"
  case cancelled
}

/// Carries a consultation on to its next state: the doctor through its whole life, the patient to its cancellation alone.
package struct CarryConsultationOn: WriteOperation {
  package let consultationId: AppointmentID
  package let status: ConsultationStep
  package let reason: ShortText?
  package let version: AppointmentVersion?

  package static let contract = Contract(
    name: "consultations.update", route: .put("/consultations/{consultationId}/status"),
    summary: "Carry a consultation on", message: "The consultation is carried on.", access: .person, limit: .standard,
    mode: .write, audit: .row(action: "consultation_updated", category: .scheduling), cache: .never,
    namesPatients: true)

  package func run(_ call: inout WriteCall) async throws -> Document<ConsultationKind> {
    let (_, party) = try await call.consultation(consultationId, locks: true)
    guard let wanted = AppointmentLife.Status(rawValue: status.rawValue) else { throw Failure.internalFault }
    guard party.may(wanted) else { throw Failure(.forbidden, "Only the doctor of this consultation can do this.") }
    call.audit.details["status"] = .string(status.rawValue)
    let after =
      wanted == .cancelled
      ? try await BookingDesk.release(
        consultationId, cause: party.cause, reason: reason?.text, version: version?.value, &call)
      : try await BookingDesk.advance(consultationId, to: wanted, version: version?.value, &call)
    return Document(json: after.consultation())
  }
}

/// Gives a consultation up, by either of the two; its time is free at once.
package struct CancelConsultation: WriteOperation {
  package let consultationId: AppointmentID
  package let reason: ShortText?

  package static let contract = Contract(
    name: "consultations.cancel", route: .post("/consultations/{consultationId}/cancellation"),
    summary: "Cancel a consultation of one's own", message: "The consultation is cancelled.", access: .person,
    limit: .standard, mode: .write, audit: .row(action: "consultation_cancelled", category: .scheduling),
    cache: .never, namesPatients: true)

  package func run(_ call: inout WriteCall) async throws -> Document<ConsultationKind> {
    let (_, party) = try await call.consultation(consultationId, locks: true)
    let after = try await BookingDesk.release(consultationId, cause: party.cause, reason: reason?.text, &call)
    return Document(json: after.consultation())
  }
}
