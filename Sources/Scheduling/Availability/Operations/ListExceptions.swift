package import Core
package import Operations
import Postgres

/// Lists somebody's days off and extra hours, the earliest first.
package struct ListExceptions: ReadOperation {
  package let doctorId: UserID
  package let paging: Paging<AvailabilityExceptionKind>
  /// Those that end after this moment; nil: all.
  package let from: Timestamp?

  package static let contract = Contract(
    name: "availability.listExceptions", route: .get("/doctors/{doctorId}/availability-exceptions"),
    summary: "List days off and extra hours", message: "The exceptions.", access: .permission(.viewAppointments),
    limit: .standard, mode: .read, audit: .refusalsOnly(category: .scheduling), cache: .never)

  private enum Key: String, CodingKey { case doctorId, from }

  package init(from decoder: any Decoder) throws {
    paging = try Paging(from: decoder)
    let input = try decoder.container(keyedBy: Key.self)
    doctorId = try input.decode(UserID.self, forKey: .doctorId)
    from = try input.decodeIfPresent(Timestamp.self, forKey: .from)
  }

  package func run(_ call: ReadCall) async throws -> Documents<AvailabilityExceptionKind> {
    let hospital = try call.hospital.id
    _ = try await call.row(AvailabilityQueries.isStaff(doctorId, in: hospital), else: "doctor")
    return try await call.documents(
      AvailabilityQueries.exceptions(of: doctorId, in: hospital, from: from), paging,
      named: "exceptions \(doctorId.text) \(from?.rfc3339 ?? "")")
  }
}
