package import Operations
import Postgres

/// Shows how the caller wants to be told of things in this hospital.
package struct GetPreferences: ReadOperation {
  package static let contract = Contract(
    name: "notification.getPreferences", aliases: ["user.getNotificationPreferences"],
    route: .get("/notification-preferences"), summary: "Show how one wants to be told", message: "Your preferences.",
    access: .person, limit: .standard, mode: .read, audit: .refusalsOnly(category: .identity), cache: .never)

  package func run(_ call: ReadCall) async throws -> Document<PreferencesKind> {
    try Document(
      try await call.row(PreferenceQueries.find(try call.person, in: try call.hospital.id), else: "preferences"))
  }
}

/// Shows what counts in the hospital for whoever has chosen nothing.
package struct GetDefaultPreferences: ReadOperation {
  package static let contract = Contract(
    name: "notification.getDefaults", route: .get("/notification-defaults"),
    summary: "Show how people are told who have chosen nothing", message: "The hospital's preferences.",
    access: .permission(.manageHospital), limit: .standard, mode: .read, audit: .refusalsOnly(category: .tenancy),
    cache: .never)

  package func run(_ call: ReadCall) async throws -> Document<PreferencesKind> {
    try Document(try await call.row(PreferenceQueries.find(nil, in: try call.hospital.id), else: "preferences"))
  }
}
