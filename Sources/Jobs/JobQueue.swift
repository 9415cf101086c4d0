/// A queue by name: for what it is, and how many of its jobs run at once on a node. To add one, add a line.
///
/// The first nineteen are the inventory's 2.6, the next three are seed 4's.
package struct JobQueue: Sendable, Hashable {
  package let name: String
  /// The most that run at once on a node; the workers of a node rise to it with the backlog and sink when there is none.
  package let concurrency: Int
  package let purpose: String
  /// Claims and completes over connections of its own, so that it waits behind no other.
  package let isApart: Bool

  private init(_ name: String, _ concurrency: Int, _ purpose: String, isApart: Bool = false) {
    self.name = name
    self.concurrency = concurrency
    self.purpose = purpose
    self.isApart = isApart
  }

  /// The fewest workers that a node keeps ready; all where nothing may wait until there are more.
  package var fewestWorkers: Int { isApart ? concurrency : max(2, concurrency / 10) }

  package static let all = [
    JobQueue("appointment", 50, "what follows a booking, a change or a cancellation"),
    JobQueue("enhanced-appointment", 30, "appointments of several steps"),
    JobQueue("notification", 100, "notices in the app and on devices"),
    JobQueue("email", 80, "mail"),
    JobQueue("vidhakarma", 20, "bookings of Ayurvedic procedures"),
    JobQueue("panchakarma", 20, "steps of Panchakarma courses"),
    JobQueue("chequp", 25, "check-up packages"),
    JobQueue("ayurveda-therapy", 15, "therapy sessions"),
    JobQueue("service", 40, "other services of a clinic"),
    JobQueue("doctor-availability", 30, "when doctors are free"),
    JobQueue("queue-management", 20, "places in the waiting room"),
    JobQueue("waiting-list", 25, "offers of places that became free"),
    JobQueue("payment-processing", 35, "capture, refund, receipts"),
    JobQueue("calendar-sync", 20, "calendars elsewhere"),
    JobQueue("patient-preference", 15, "how and when a patient wants to be told"),
    JobQueue("analytics", 25, "figures"),
    JobQueue("reminder", 40, "reminders at their time"),
    JobQueue("follow-up", 30, "plans after a visit"),
    JobQueue("recurring-appointment", 20, "series of appointments"),

    JobQueue("tasks", 50, "whatever has no queue of its own"),
    JobQueue("notifications", 100, "notices that follow no alert"),
    JobQueue("sms", 40, "text messages"),

    // So many messages of an alert are on their way at once: with a provider that takes 0.3 s, 1,500 people in 4 s.
    JobQueue("alerting", 64, "pages people about alerts; never behind anything", isApart: true),
    JobQueue("alerting-push", 512, "messages about alerts to devices", isApart: true),
    JobQueue("alerting-email", 32, "mails about alerts", isApart: true),
    JobQueue("alerting-sms", 128, "text messages about alerts", isApart: true),
    JobQueue("alerting-whatsapp", 128, "messages about alerts by WhatsApp", isApart: true),
    JobQueue("webhook", 30, "events to other systems"),
  ]

  package static func named(_ name: String) -> JobQueue? { all.first { $0.name == name } }
}
