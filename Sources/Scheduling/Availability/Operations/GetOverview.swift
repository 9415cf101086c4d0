package import Core
package import Operations
import Postgres

/// Shows how open the next weeks of a doctor are, and which appointments his hours no longer hold.
package struct GetOverview: ReadOperation {
  package let doctorId: UserID

  package static let contract = Contract(
    name: "availability.getOverview", route: .get("/doctors/{doctorId}/availability-overview"),
    summary: "Show how open the next weeks are", message: "The overview.", access: .permission(.viewAppointments),
    limit: .standard, mode: .read, audit: .refusalsOnly(category: .scheduling),
    cache: .lasts(.availability, dependsOn: [.availabilityOverviews, .memberships, .resources]))

  package func run(_ call: ReadCall) async throws -> Document<AvailabilityOverviewKind> {
    try Document(
      try await call.row(AvailabilityQueries.overview(of: doctorId, in: try call.hospital.id), else: "doctor"))
  }
}
