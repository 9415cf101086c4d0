import Core
package import Operations
import Postgres

/// Chooses how the caller is told of things in this hospital: all of it; what is not given is what Ward takes for usual.
/// Muting and quiet hours hold back what can wait, never urgencies 4 and 5.
package struct UpdatePreferences: WriteOperation {
  /// The first that reaches him is used, the next when it fails.
  package let channels: [PocketChannel]?
  package let email: Bool?
  package let muted: Bool?
  package let quietFrom: ClockText?
  package let quietUntil: ClockText?
  package let language: Language?

  package static let contract = Contract(
    name: "notification.updatePreferences", aliases: ["user.updateNotificationPreferences"],
    route: .put("/notification-preferences"), summary: "Choose how one is told", message: "Your preferences are kept.",
    access: .person, limit: .standard, mode: .write,
    audit: .row(action: "notification_preferences_changed", category: .identity), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<PreferencesKind> {
    let choice = try PreferenceChoice(
      channels: channels, email: email, muted: muted, quietFrom: quietFrom, quietUntil: quietUntil, language: language)
    return try await call.keep(choice, of: try call.person)
  }
}

/// Chooses nothing any more: what counts in the hospital counts again.
package struct ResetPreferences: WriteOperation {
  package static let contract = Contract(
    name: "notification.resetPreferences", route: .delete("/notification-preferences"),
    summary: "Be told as the hospital has it", message: "The hospital's preferences count again.", access: .person,
    limit: .standard, mode: .write, audit: .row(action: "notification_preferences_changed", category: .identity),
    cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<PreferencesKind> {
    let hospital = try call.hospital.id
    let person = try call.person
    call.transaction.queue(PreferenceQueries.forget(person, in: hospital))
    let rows = try await call.transaction.query(PreferenceQueries.find(person, in: hospital))
    guard let row = rows.first else { throw Failure.internalFault }
    return try Document(row)
  }
}

/// Chooses how those are told who have chosen nothing.
package struct UpdateDefaultPreferences: WriteOperation {
  package let channels: [PocketChannel]?
  package let email: Bool?
  package let muted: Bool?
  package let quietFrom: ClockText?
  package let quietUntil: ClockText?
  package let language: Language?

  package static let contract = Contract(
    name: "notification.updateDefaults", route: .put("/notification-defaults"),
    summary: "Choose how people are told who have chosen nothing", message: "The hospital's preferences are kept.",
    access: .permission(.manageHospital), limit: .standard, mode: .write,
    audit: .row(action: "notification_defaults_changed", category: .tenancy), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<PreferencesKind> {
    let choice = try PreferenceChoice(
      channels: channels, email: email, muted: muted, quietFrom: quietFrom, quietUntil: quietUntil, language: language)
    return try await call.keep(choice, of: nil)
  }
}

extension WriteCall {
  fileprivate func keep(_ choice: PreferenceChoice, of person: UserID?) async throws -> Document<PreferencesKind> {
    let hospital = try hospital.id
    transaction.queue(PreferenceQueries.put(choice, of: person, in: hospital))
    guard let row = try await transaction.query(PreferenceQueries.find(person, in: hospital)).first else {
      throw Failure.internalFault
    }
    return try Document(row)
  }
}
