import Core
import Operations

/// People are told of an alert outside of Ward's own pages: one job for all of them, which finds them and writes a
/// message for each. Who was paged is read from the pages of that moment, so that the job is small for 5,000 people, too.
struct AlertPage: Sendable {
  static let queue = "alerting"
  static let kind = "alert.page"

  let alert: AlertID
  let hospital: HospitalID
  let urgency: Urgency
  /// What they are told, such as `alert_created`.
  let notice: String
  /// When they were paged, as the pages have it.
  let at: Timestamp
  /// Nil: who was paged at that time.
  var people: [UserID]?

  var job: Job {
    var job = Job(
      queue: Self.queue, kind: Self.kind,
      payload: [
        "alert": .string(alert.text), "hospital": .string(hospital.text), "urgency": .integer(urgency.value),
        "notice": .string(notice), "at": .integer(at.microseconds),
        "people": people.map { .array($0.map { .string($0.text) }) } ?? .null,
      ])
    job.priority = urgency.jobPriority
    job.maxAttempts = 30
    return job
  }

  init(
    _ notice: String, of alert: AlertID, in hospital: HospitalID, urgency: Urgency, at: Timestamp,
    people: [UserID]? = nil
  ) {
    self.alert = alert
    self.hospital = hospital
    self.urgency = urgency
    self.notice = notice
    self.at = at
    self.people = people
  }

  /// Nil for a payload that this version does not know.
  init?(_ payload: JSONValue) {
    guard let alert = payload["alert"]?.text.flatMap({ AlertID($0) }),
      let hospital = payload["hospital"]?.text.flatMap({ HospitalID($0) }), let urgency = payload["urgency"]?.whole,
      let notice = payload["notice"]?.text, let at = payload["at"]?.whole
    else { return nil }
    let people = payload["people"]?.items?.compactMap { $0.text.flatMap { UserID($0) } }
    self.init(
      notice, of: alert, in: hospital, urgency: Urgency(unchecked: urgency), at: Timestamp(microseconds: at),
      people: people)
  }
}

extension Urgency {
  /// Of the jobs that tell people of an alert.
  fileprivate var jobPriority: JobPriority {
    switch value {
    case 5: .critical
    case 4: .high
    case 3: .normal
    default: .low
    }
  }
}

extension WriteCall {
  /// Asks for the messages after the commit.
  mutating func page(_ page: AlertPage) throws { try enqueue(page.job) }
}
