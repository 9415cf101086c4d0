import Core
import Operations

/// One queued delivery as its job carries it: all that is needed to send it but the words, which are made then.
struct Message: Sendable {
  let delivery: DeliveryID
  let hospital: HospitalID
  let channel: ChannelKind
  let who: Recipient.Who
  let destination: String
  let language: String
  let notice: Notice

  static let kind = "delivery.send"

  /// The job that sends it; messages about alerts wait in queues of their own.
  func job(dueAt: Timestamp? = nil) -> Job {
    var members: [JSONValue.Member] = [
      .init("delivery", .string(delivery.text)), .init("hospital", .string(hospital.text)),
      .init("channel", .string(channel.rawValue)), .init("to", .string(destination)),
      .init("language", .string(language)), .init("kind", .string(notice.kind)),
      .init("occasion", .integer(notice.occasion.microseconds)),
      .init("values", .object(notice.values.sorted { $0.key < $1.key }.map { .init($0.key, .string($0.value)) })),
    ]
    switch who {
    case .person(let id): members.append(.init("person", .string(id.text)))
    case .patient(let id): members.append(.init("patient", .string(id.text)))
    }
    if let alert = notice.alert { members.append(.init("alert", .string(alert.text))) }
    if let urgency = notice.urgency { members.append(.init("urgency", .integer(Int64(urgency)))) }
    if let reminder = notice.reminder { members.append(.init("reminder", .string(reminder.text))) }
    var job = Job(
      queue: notice.alert == nil ? channel.ordinaryQueue : channel.alertingQueue, kind: Self.kind,
      payload: .object(members))
    job.priority = Self.priority(urgency: notice.urgency)
    job.dueAt = dueAt
    // Of the engine's own troubles; how often a provider is asked is decided by ``DeliveryOutcomes``.
    job.maxAttempts = 10
    return job
  }

  static func priority(urgency: Int?) -> JobPriority {
    switch urgency {
    case .some(5...): .critical
    case 4: .high
    case nil, 3: .normal
    default: .low
    }
  }

  /// Nil for a payload that this version does not know.
  init?(_ payload: JSONValue) {
    guard let delivery = payload["delivery"]?.text.flatMap({ DeliveryID($0) }),
      let hospital = payload["hospital"]?.text.flatMap({ HospitalID($0) }),
      let channel = payload["channel"]?.text.flatMap(ChannelKind.init(rawValue:)),
      let destination = payload["to"]?.text, let language = payload["language"]?.text,
      let kind = payload["kind"]?.text, let occasion = payload["occasion"]?.whole,
      case .object(let members) = payload["values"]
    else { return nil }
    if let person = payload["person"]?.text.flatMap({ UserID($0) }) {
      who = .person(person)
    } else if let patient = payload["patient"]?.text.flatMap({ PatientID($0) }) {
      who = .patient(patient)
    } else {
      return nil
    }
    self.delivery = delivery
    self.hospital = hospital
    self.channel = channel
    self.destination = destination
    self.language = language
    let values = Dictionary(members.map { ($0.key, $0.value.text ?? "") }, uniquingKeysWith: { first, _ in first })
    var notice = Notice(kind, values: values, occasion: Timestamp(microseconds: occasion))
    notice.alert = payload["alert"]?.text.flatMap { AlertID($0) }
    notice.urgency = payload["urgency"]?.whole.map { Int($0) }
    notice.reminder = payload["reminder"]?.text.flatMap { ReminderID($0) }
    self.notice = notice
  }

  init(
    delivery: DeliveryID, hospital: HospitalID, to recipient: Recipient, _ step: DeliveryPlan.Step, about notice: Notice
  ) {
    self.delivery = delivery
    self.hospital = hospital
    self.notice = notice
    channel = step.channel
    who = recipient.who
    destination = step.destination ?? ""
    language = recipient.preferences.language
  }
}
