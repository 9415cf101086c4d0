package import Core
package import Operations
import Postgres

/// Shows in which hours of a week somebody can be booked.
package struct GetHours: ReadOperation {
  package let doctorId: UserID

  package static let contract = Contract(
    name: "availability.getHours", route: .get("/doctors/{doctorId}/hours"), summary: "Show a doctor's hours",
    message: "The hours.", access: .permission(.viewHospital), limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .scheduling),
    cache: .lasts(.availability, dependsOn: [.hospitals, .memberships, .resources, .workingHours]))

  package func run(_ call: ReadCall) async throws -> Document<DoctorHoursKind> {
    try Document(
      try await call.row(AvailabilityQueries.hours(of: doctorId, in: try call.hospital.id), else: "doctor"))
  }
}
