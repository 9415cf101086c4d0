import Core
package import Jobs
package import Operations
import Postgres

/// Sends what is queued: a job for each delivery, in the pool of its channel.
///
/// A delivery that is no longer queued is left alone. A node that dies between the deed and its note does it again under
/// the same idempotency key.
package struct DeliverySending: Sendable {
  private let executor: Executor
  private let channels: Channels
  private let outcomes: DeliveryOutcomes
  /// One alert makes a message for each of 1,500 people: what is read and written for them is done together.
  private let found: Gathering<HospitalID, Message, FoundDelivery?>
  private let sent: Gathering<HospitalID, SentMessage, Bool>

  package init(executor: Executor, channels: Channels, outcomes: DeliveryOutcomes) {
    self.executor = executor
    self.channels = channels
    self.outcomes = outcomes
    found = Gathering(most: 200) { hospital, messages in
      try await FoundDelivery.find(messages, in: hospital, executor)
    }
    sent = Gathering(most: 200) { hospital, sent in
      try await executor.system(in: hospital) { call in try outcomes.succeeded(sent, in: hospital, &call) }
      return sent.map { _ in true }
    }
  }

  package var handlers: [JobHandler] {
    let queues = Set(ChannelKind.outside.flatMap { [$0.alertingQueue, $0.ordinaryQueue] })
    return queues.sorted().map { queue in
      JobHandler(queue: queue, kind: Message.kind) { job in try await send(job) }
    }
  }

  private func send(_ job: ClaimedJob) async throws {
    guard let message = Message(job.payload) else { throw JobTrouble("unknown message", isFinal: true) }
    do {
      try await send(message)
    } catch let trouble where job.isLastAttempt {
      // Nobody comes back to it: whoever waits for it, such as the next channel or the next tier, must not wait.
      try await fail(message, SendTrouble("failed_inside", .final))
      throw trouble
    }
  }

  private func send(_ message: Message) async throws {
    do {
      guard let (outgoing, department) = try await outgoing(message) else { return }
      guard let channel = channels[message.channel] else { throw SendTrouble("not_configured", .final) }
      let receipt = try await channel.send(outgoing)
      _ = try await sent.ask(
        message.hospital, SentMessage(message: message, receipt: receipt))
      outcomes.tell(message, department: department)
    } catch let trouble as SendTrouble {
      try await fail(message, trouble)
    }
  }

  private func fail(_ message: Message, _ trouble: SendTrouble) async throws {
    try await executor.system(in: message.hospital) { call in try await outcomes.failed(message, trouble, &call) }
  }

  /// What to send, and the department of the alert that it is about; nil when the delivery has been sent, was cancelled
  /// or is gone.
  private func outgoing(_ message: Message) async throws -> (OutgoingMessage, DepartmentID?)? {
    guard let found = try await found.ask(message.hospital, message) else { return nil }
    let values = message.notice.values
    let text: FilledText
    do {
      text = try found.words.filled(message.notice.template, message.language, values)
    } catch is TemplateProblem {
      throw SendTrouble("no_words", .final)
    }
    let outgoing = OutgoingMessage(
      idempotencyKey: message.delivery, hospital: message.hospital, person: message.person,
      destination: message.destination, title: text.title, text: text.text, html: text.html, link: values["link"],
      urgency: message.notice.urgency, alert: message.notice.alert, template: message.notice.template, values: values,
      createdAt: found.createdAt)
    return (outgoing, found.department)
  }
}

/// A delivery that is still to be sent, and the hospital's own words for it.
struct FoundDelivery: Sendable {
  let createdAt: Timestamp
  let department: DepartmentID?
  let words: Words

  /// Nil where it has been sent, was cancelled or is gone.
  static func find(
    _ messages: [Message], in hospital: HospitalID, _ executor: Executor
  ) async throws -> [FoundDelivery?] {
    let templates = Set(messages.map(\.notice.template)).sorted()
    let results = try await executor.system(in: hospital) { call in
      try await call.transaction.queries(
        [DeliveryQueries.waiting(messages.map(\.delivery), in: hospital)]
          + templates.map { WordQueries.texts($0, in: hospital) })
    }
    guard results.count == templates.count + 1 else { throw Failure.internalFault }
    let words = Dictionary(
      zip(templates, try results.dropFirst().map { try Words($0) }), uniquingKeysWith: { first, _ in first })
    var found: [DeliveryID: (createdAt: Timestamp, department: DepartmentID?)] = [:]
    for row in results[0] where try row.decode("status", as: String.self) == "queued" {
      found[try row.decode("id")] = (try row.decode("created_at"), try row.decode("department_id"))
    }
    return messages.map { message in
      guard let row = found[message.delivery] else { return nil }
      return FoundDelivery(
        createdAt: row.createdAt, department: row.department, words: words[message.notice.template] ?? Words())
    }
  }
}

extension Message {
  var person: UserID? {
    if case .person(let id) = who { id } else { nil }
  }
}
