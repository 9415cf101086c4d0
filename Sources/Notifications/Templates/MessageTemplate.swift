/// A message that Ward writes: the names of its values, and Ward's own words for it by language.
package struct MessageTemplate: Sendable {
  package let name: String
  /// With a sample of each, for the preview.
  package let samples: [String: String]
  let texts: [String: TemplateText]

  package var names: Set<String> { Set(samples.keys) }

  /// A line each; what people are told of an alert first.
  package static let all: [MessageTemplate] =
    alertNotices.map { alert($0.name, english: $0.english, german: $0.german) } + reminders + [test]

  package static let byName = Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

  private static let alertNotices: [(name: String, english: String, german: String)] = [
    ("alert-created", "New alert", "Neuer Alarm"),
    ("alert-escalated", "Escalated to you", "An Sie weitergegeben"),
    ("alert-paged-again", "Still nobody has answered", "Noch hat niemand geantwortet"),
    ("alert-reactivated", "Rings again", "Läutet wieder"),
    ("alert-quorum-missing", "Somebody is missing still", "Es fehlt noch jemand"),
    ("alert-response-overdue", "You have it in hand, and it is not resolved", "Von Ihnen angenommen, nicht erledigt"),
    ("alert-delegated", "Delegated to you", "An Sie übertragen"),
    ("alert-transferred", "Handed on to you", "An Sie übergeben"),
    ("alert-repeated", "Called for once more", "Noch einmal gerufen"),
  ]

  private static func alert(_ name: String, english: String, german: String) -> MessageTemplate {
    MessageTemplate(
      name: name,
      samples: [
        "room": "4B", "type": "Cardiac arrest", "urgency": "5", "priority": "critical", "tier": "1",
        "link": "https://ward.example/alerts/1",
      ],
      texts: [
        "en": TemplateText(
          subject: "{{type}}, room {{room}}",
          body: "\(english): {{type}} in room {{room}}, urgency {{urgency}} ({{priority}}). {{link}}"),
        "de": TemplateText(
          subject: "{{type}}, Zimmer {{room}}",
          body: "\(german): {{type}} in Zimmer {{room}}, Dringlichkeit {{urgency}}. {{link}}"),
      ])
  }

  static let test = MessageTemplate(
    name: "test", samples: ["name": "Ada Nurse", "hospital": "Demo General"],
    texts: [
      "en": TemplateText(
        subject: "A test of {{hospital}}", body: "Hello {{name}}, this is a test. You would be reached this way."),
      "de": TemplateText(
        subject: "Ein Test von {{hospital}}", body: "Guten Tag {{name}}, dies ist ein Test. So würden Sie erreicht."),
    ])
}
