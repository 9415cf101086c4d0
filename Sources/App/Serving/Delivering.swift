import Alerts
import Core
import Jobs
import Logging
import Notifications
import Operations
import Patients
import Postgres

/// The parts of a running Ward that bring messages to people, wired to each other.
struct Delivering: Sendable {
  let channels: Channels
  private let smtp: MailTransports?
  private let post: Post?
  private let teller: DeliveryTeller
  private let publicURL: String

  /// Whether letters can be written at all; without a mail server they wait outside of development.
  var hasPost: Bool { post != nil }

  /// `ways` are the channels besides mail.
  init(_ settings: Settings, enginePool: PostgresPool, ways: Ways, logger: Logger) {
    let smtp = settings.mail.transports
    self.smtp = smtp
    teller = DeliveryTeller(executor: ways.desk.executor, logger: logger)
    publicURL = settings.linkURL
    post = settings.post(over: smtp, enginePool: enginePool)
    var all = ways.channels
    if let email = settings.emailChannel(over: smtp, enginePool: enginePool, desk: ways.desk) { all.append(email) }
    channels = Channels(all)
  }

  func outcomes() -> DeliveryOutcomes {
    DeliveryOutcomes(
      channels: channels, alerts: AlertPaging.link, patients: Self.patients, teller: teller, publicURL: publicURL)
  }

  func handlers(_ executor: Executor) -> [JobHandler] {
    (post?.handlers(MailLog(executor: executor)) ?? [])
      + AlertPaging(channels: channels, publicURL: publicURL).handlers
      + DeliverySending(executor: executor, channels: channels, outcomes: outcomes()).handlers
      + ReminderSending(channels: channels, patients: Self.patients, publicURL: publicURL).handlers
  }

  func close() async throws { try await smtp?.close() }

  /// Messages and patients do not know each other: here they meet.
  static let patients = PatientLink(
    open: { id, call in try await PatientContact.open(id, &call) },
    contact: { id, call in
      try await PatientContact.find(id, &call).map {
        PatientLink.Contact(name: $0.name, email: $0.email, phone: $0.phone)
      }
    })
}
