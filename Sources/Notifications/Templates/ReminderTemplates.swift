extension MessageTemplate {
  /// Of an appointment, a control, a prescription, a bill: to patients and colleagues.
  static let reminders: [MessageTemplate] = [
    reminder(
      "reminder-appointment", english: "Your appointment: {{when}}{{#with}} with {{with}}{{/with}}",
      german: "Ihr Termin: {{when}}{{#with}} bei {{with}}{{/with}}"),
    reminder(
      "reminder-follow-up", english: "A control is due: {{when}}{{#with}} with {{with}}{{/with}}",
      german: "Eine Kontrolle steht an: {{when}}{{#with}} bei {{with}}{{/with}}"),
    reminder(
      "reminder-prescription", english: "Your prescription can be renewed until {{when}}",
      german: "Ihr Rezept kann bis {{when}} erneuert werden"),
    reminder(
      "reminder-payment", english: "A bill{{#amount}} of {{amount}}{{/amount}} is due: {{when}}",
      german: "Eine Rechnung{{#amount}} über {{amount}}{{/amount}} ist fällig: {{when}}"),
    reminder(
      "reminder-waiting-list",
      english: "A time has become free: {{when}}{{#with}} with {{with}}{{/with}}. It is held for you for a short while",
      german: "Ein Termin ist frei: {{when}}{{#with}} bei {{with}}{{/with}}. Er wird kurze Zeit für Sie freigehalten"),
  ]

  private static func reminder(_ name: String, english: String, german: String) -> MessageTemplate {
    MessageTemplate(
      name: name,
      samples: [
        "name": "Ada Patient", "hospital": "Demo General", "when": "2026-11-23 09:30", "with": "Dr. Grey",
        "place": "Ward 4, room 12", "note": "Please come sober.", "amount": "40.00 EUR",
        "link": "https://ward.example/",
      ],
      texts: [
        "en": TemplateText(
          subject: "{{hospital}}: a reminder",
          body: """
            Hello{{#name}} {{name}}{{/name}},

            \(english).{{#place}}
            Where: {{place}}{{/place}}{{#note}}
            {{note}}{{/note}}{{#link}}

            {{link}}{{/link}}
            """),
        "de": TemplateText(
          subject: "{{hospital}}: eine Erinnerung",
          body: """
            Guten Tag{{#name}} {{name}}{{/name}},

            \(german).{{#place}}
            Wo: {{place}}{{/place}}{{#note}}
            {{note}}{{/note}}{{#link}}

            {{link}}{{/link}}
            """),
      ])
  }
}
