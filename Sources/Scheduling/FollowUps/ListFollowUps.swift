package import Core
package import Operations
import Postgres
import Secrets

/// Lists plans for further visits, those that are due first.
package struct ListFollowUps: ReadOperation {
  package let paging: Paging<FollowUpKind>
  package let status: FollowUpStatus?
  package let doctorId: UserID?
  /// Only those whose time has come and for which nothing is booked.
  package let overdue: Bool?

  package static let contract = Contract(
    name: "followUps.list", aliases: ["followUps.getOverdue"], route: .get("/follow-ups"),
    summary: "List plans for further visits", message: "The plans.", access: .permission(.viewAppointments),
    limit: .standard, mode: .read, audit: .refusalsOnly(category: .scheduling), cache: .never)

  private enum Key: String, CodingKey { case status, doctorId, overdue }

  package init(from decoder: any Decoder) throws {
    paging = try Paging(from: decoder)
    let input = try decoder.container(keyedBy: Key.self)
    status = try input.decodeIfPresent(FollowUpStatus.self, forKey: .status)
    doctorId = try input.decodeIfPresent(UserID.self, forKey: .doctorId)
    overdue = try input.decodeIfPresent(Bool.self, forKey: .overdue)
  }

  package func run(_ call: ReadCall) async throws -> Documents<FollowUpKind> {
    try await call.documents(
      FollowUpQueries.list(self, in: try call.hospital.id), paging,
      named: "follow-ups \(status?.rawValue ?? "") \(doctorId?.text ?? "") \(overdue ?? false)")
  }
}

/// Shows a plan with what is to be looked at.
package struct GetFollowUp: WriteOperation {
  package let followUpId: FollowUpID

  package static let contract = Contract(
    name: "followUps.get", route: .get("/follow-ups/{followUpId}"), summary: "Show a plan for a further visit",
    message: "The plan.", access: .permission(.viewAppointments), limit: .standard, mode: .read,
    audit: .reads(action: "follow_up_viewed"), cache: .never)

  package struct Output: Record {
    package let id: FollowUpID
    package let appointmentId: AppointmentID
    package let patientId: PatientID
    package let type: FollowUpType
    package let status: FollowUpStatus
    package let dueAt: Timestamp?
    package let note: ShortText?
  }

  package func run(_ call: inout WriteCall) async throws -> Output {
    let hospital = try call.hospital.id
    guard let row = try await call.transaction.query(FollowUpQueries.find(followUpId, in: hospital)).first,
      let type = FollowUpType(rawValue: try row.decode("type")),
      let status = FollowUpStatus(rawValue: try row.decode("status"))
    else { throw Failure.notFound("plan") }
    let patient: PatientID = try row.decode("patientId")
    call.audit.resource("follow_up", followUpId)
    call.saw(patient)
    let note = try row.decode("note", as: [UInt8]?.self).map {
      try call.secrets.openText($0, for: .patientRecord, place: FollowUps.place(of: followUpId, in: hospital))
    }
    return Output(
      id: followUpId, appointmentId: try row.decode("appointmentId"), patientId: patient, type: type, status: status,
      dueAt: try row.decode("dueAt"), note: note.map { ShortText(unchecked: $0) })
  }
}
