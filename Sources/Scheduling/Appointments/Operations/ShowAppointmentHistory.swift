package import Core
package import Operations
import Postgres

/// Shows everything that happened to an appointment, the oldest first.
package struct ShowAppointmentHistory: ReadOperation {
  package let paging: Paging<AppointmentStepKind>
  package let appointmentId: AppointmentID

  package static let contract = Contract(
    name: "appointments.history", aliases: ["appointments.getHistory"],
    route: .get("/appointments/{appointmentId}/history"), summary: "Show what happened to an appointment",
    message: "The appointment's history.", access: .permission(.viewAppointments), limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .scheduling), cache: .never)

  private enum Key: String, CodingKey { case appointmentId }

  package init(from decoder: any Decoder) throws {
    paging = try Paging(from: decoder)
    appointmentId = try decoder.container(keyedBy: Key.self).decode(AppointmentID.self, forKey: .appointmentId)
  }

  package func run(_ call: ReadCall) async throws -> Documents<AppointmentStepKind> {
    let list = AppointmentQueries.history(of: appointmentId, in: try call.hospital.id)
    let steps = try await call.documents(list, paging, named: "appointment \(appointmentId.text)")
    guard steps.page?.total ?? 0 > 0 else { throw Failure.notFound("appointment") }
    return steps
  }
}
