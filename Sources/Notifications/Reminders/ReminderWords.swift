package import Core

/// Of what somebody is reminded.
package enum ReminderType: String, ChoicePrimitive {
  case appointment
  case followUp = "follow_up"
  case prescription, payment
  /// Of a time that became free, for who waits for one.
  case waitingList = "waiting_list"

  /// What it is called in the log; its template is the same with hyphens.
  var notice: String { "reminder_\(rawValue)" }
  var queue: String { self == .followUp ? "follow-up" : "reminder" }
}

/// What a reminder says besides its kind; each is left out where it is not given.
package struct ReminderValues: Decodable, Sendable {
  /// With whom.
  package let with: NameText?
  package let place: NameText?
  package let amount: NameText?
  package let note: ShortText?

  var json: JSONValue {
    let given = [("with", with?.text), ("place", place?.text), ("amount", amount?.text), ("note", note?.text)]
    return .object(given.compactMap { name, text in text.map { .init(name, .string($0)) } })
  }
}

/// Which reminders a list shows.
package enum ReminderStatus: String, ChoicePrimitive { case scheduled, sent, undeliverable, cancelled }
