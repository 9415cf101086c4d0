import Configuration

/// How long what is over is kept, in days. The delivery log of an alert is kept as long as the alert.
package struct RetentionSettings: Sendable {
  /// Lines of notification centres.
  package var notificationDays = 90
  /// Messages about no alert, and reminders that are over.
  package var messageDays = 365

  init() {}

  init(_ config: ConfigReader, _ problems: inout [String]) {
    func days(_ key: String, _ name: String, _ range: ClosedRange<Int>) -> Int? {
      guard let text = config.string(forKey: .init(key)) else { return nil }
      if let days = Int(text), range.contains(days) { return days }
      problems.append("\(name) must be a whole number of days from \(range.lowerBound) to \(range.upperBound).")
      return nil
    }
    notificationDays = days("keep.notifications.days", "WARD_KEEP_NOTIFICATIONS_DAYS", 7...3650) ?? notificationDays
    messageDays = days("keep.messages.days", "WARD_KEEP_MESSAGES_DAYS", 30...3650) ?? messageDays
  }
}
