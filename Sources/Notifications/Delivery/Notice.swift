package import Core
package import Operations

/// What people are told: about an alert, or something of their own. No word of it is about a patient, but in a
/// patient's own reminders.
package struct Notice: Sendable {
  /// Such as `alert_created`; its template is `alert-created`.
  package let kind: String
  /// What the template's names stand for.
  package var values: [String: String]
  /// When it came about; the same for all who are told of it.
  package let occasion: Timestamp
  package var alert: AlertID?
  package var urgency: Int?
  package var reminder: ReminderID?
  /// Somebody has it in hand already.
  package var isOver = false

  package init(_ kind: String, values: [String: String], occasion: Timestamp) {
    self.kind = kind
    self.values = values
    self.occasion = occasion
  }

  package var isUrgent: Bool { urgency.map { $0 >= 4 } ?? false }
  package var template: String { kind.replacing("_", with: "-") }
}

/// What is known about an alert where it is told; nothing of it names a patient, not even the title, which people type.
package struct AlertFacts: Sendable {
  package let alert: AlertID
  package let department: DepartmentID?
  package let room: String
  /// The type's title in the hospital's catalogue.
  package let type: String
  package let urgency: Int
  package let priority: String
  package let tier: Int
  package let state: State

  package enum State: Sendable { case open, inHand, over }

  package init(
    alert: AlertID, department: DepartmentID?, room: String, type: String, urgency: Int, priority: String, tier: Int,
    state: State
  ) {
    self.alert = alert
    self.department = department
    self.room = room
    self.type = type
    self.urgency = urgency
    self.priority = priority
    self.tier = tier
    self.state = state
  }

  /// Who has an alert in hand is told of these; the others call for somebody who takes it.
  private static let toResponder: Set<String> = [
    "alert_response_overdue", "alert_delegated", "alert_transferred", "alert_repeated",
  ]

  /// Whether nobody needs to be told of it any more.
  package func isOver(for kind: String) -> Bool {
    switch state {
    case .open: false
    case .inHand: !Self.toResponder.contains(kind)
    case .over: true
    }
  }

  /// `publicURL` ends without a slash.
  package func notice(_ kind: String, occasion: Timestamp, publicURL: String) -> Notice {
    var notice = Notice(
      kind,
      values: [
        "room": room, "type": type, "urgency": "\(urgency)", "priority": priority, "tier": "\(tier)",
        "link": "\(publicURL)/alerts/\(alert.text)",
      ], occasion: occasion)
    notice.alert = alert
    notice.urgency = urgency
    notice.isOver = isOver(for: kind)
    return notice
  }
}

/// How deliveries ask about alerts and tell them; Alerts gives it, since it is the one that imports.
package struct AlertLink: Sendable {
  /// Locks the alert until the transaction ends; nil when there is none.
  package let lock: @Sendable (AlertID, inout WriteCall) async throws -> AlertFacts?
  /// Nobody of this tier was reached on any channel: the locked alert goes on at once, if it is still in it.
  package let undeliverable: @Sendable (AlertID, _ tier: Int, inout WriteCall) async throws -> Void

  package init(
    lock: @escaping @Sendable (AlertID, inout WriteCall) async throws -> AlertFacts?,
    undeliverable: @escaping @Sendable (AlertID, Int, inout WriteCall) async throws -> Void
  ) {
    self.lock = lock
    self.undeliverable = undeliverable
  }
}
