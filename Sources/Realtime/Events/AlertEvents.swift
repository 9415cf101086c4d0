package import Core
package import Operations

/// The alerts that the caller may see, as they are raised, change and climb; from `lastEventId` on, where it is given.
package struct AlertEvents: Subscription {
  package let hospitalId: HospitalID?
  package let lastEventId: EventNumber?

  package static let contract = Contract(
    name: "alerts.onEvent", aliases: ["healthcare.subscribeToAlerts"], route: .get("/events"),
    summary: "Hear of alerts as they happen", message: "The alerts' events.", access: .permission(.viewAlerts),
    limit: .standard, mode: .read, audit: .refusalsOnly(category: .alert), cache: .never)

  /// `reset` tells that `lastEventId` is too old: what was missed has to be asked for by a list.
  package static let output = JSONSchema.object([
    .init("type", .choice(["alert:new", "alert:updated", "alert:escalated", "alert:commented", "reset"])),
    .init("data", .anything),
  ])

  package static func includes(event name: String) -> Bool { name.hasPrefix("alert:") && name != "alert:deliveries" }
  package static func rooms(of caller: Caller) -> [Room] { caller.ownRooms + caller.alertRooms }
}

extension Registry {
  /// One line for each operation and subscription.
  package mutating func registerRealtime(_ connections: Connections) {
    register(AlertEvents.self)
    register(ListConnections.self, with: connections)
    register(ListPresence.self, with: connections)
  }
}
