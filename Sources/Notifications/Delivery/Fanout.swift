package import Core
package import Operations
import Postgres

/// Tells many people one thing: the rows of the log, of the notification centre and of the queue, a statement each.
package struct Fanout: Sendable {
  package let notice: Notice
  package let hospital: HospitalID
  package let configured: Set<ChannelKind>
  package let words: Words

  package init(_ notice: Notice, in hospital: HospitalID, configured: Set<ChannelKind>, words: Words) {
    self.notice = notice
    self.hospital = hospital
    self.configured = configured
    self.words = words
  }

  /// Queues everything; doing it twice for one occasion changes nothing.
  package func write(to recipients: [Recipient], _ call: inout WriteCall) throws {
    var rows: [DeliveryRow] = []
    var jobs: [Job] = []
    var entries: [Entry] = []
    for recipient in recipients {
      let plan = DeliveryPlan(
        for: recipient, configured: configured, isUrgent: notice.isUrgent, isOver: notice.isOver)
      for step in plan.steps {
        let row = DeliveryRow(id: .new(at: call.now), recipient: recipient, step: step)
        rows.append(row)
        if step.status == .queued {
          jobs.append(Message(delivery: row.id, hospital: hospital, to: recipient, step, about: notice).job())
        }
      }
      if let person = recipient.person { entries.append(try entry(for: person, recipient, at: call.now)) }
    }
    guard !rows.isEmpty else { return }
    call.transaction.queue(DeliveryQueries.insert(rows, about: notice, in: hospital))
    if !entries.isEmpty { call.transaction.queue(InAppQueries.tell(entries, about: notice, in: hospital)) }
    try call.enqueue(jobs)
  }

  private func entry(for person: UserID, _ recipient: Recipient, at now: Timestamp) throws -> Entry {
    let text = try words.filled(notice.template, recipient.preferences.language, notice.values)
    return Entry(
      id: .new(at: now), person: person, tier: recipient.tier, title: text.title.cut(to: 200),
      text: text.text.cut(to: 1000))
  }
}

/// A row of the delivery log as it begins.
struct DeliveryRow: Sendable {
  let id: DeliveryID
  let recipient: Recipient
  let step: DeliveryPlan.Step
}

/// A line of somebody's notification centre.
struct Entry: Sendable {
  let id: NotificationID
  let person: UserID
  let tier: Int?
  let title: String
  let text: String
}
