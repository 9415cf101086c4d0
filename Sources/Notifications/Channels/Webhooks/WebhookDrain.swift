import Core
import FoundationEssentials
import Operations
import Postgres
import Secrets

/// Hands a hospital's events to one endpoint, one after another, until there are no more or one fails.
struct WebhookDrain: Sendable {
  let executor: Executor
  let calls: OutsideCalls
  let hospital: HospitalID
  let webhook: WebhookID
  let token: UUID
  let isOver: @Sendable () -> Bool

  private static let batch = 100
  /// An event that is answered with a refusal this often is passed over, so that the later ones come.
  private static let mostRefusals = 10

  fileprivate struct Work {
    let url: String
    let events: Set<String>
    let secret: String
    let position: Int64
    var breaker: Breaker
    let messages: [WebhookMessage]
    /// How far the log was looked at.
    let seen: Int64
  }

  /// The lease is somebody else's: what is noted now would not be true.
  private struct LostLease: Error {}

  func run() async throws {
    while !isOver(), let work = try await read() {
      do {
        guard try await hand(over: work) else { return }
      } catch is LostLease {
        return
      }
    }
    try await executor.system(in: hospital) { call in
      call.transaction.queue(WebhookWorkQueries.release(webhook, in: hospital, token: token))
    }
  }

  /// False when the endpoint rests.
  private func hand(over work: Work) async throws -> Bool {
    var breaker = work.breaker
    for message in work.messages where !isOver() {
      breaker.begin()
      switch await WebhookOutcome(sending: message, to: work.url, secret: work.secret, calls, at: executor.clock.now) {
      case .delivered(let status):
        breaker.succeed()
        try await advance(to: message.number, message, status)
      case .failed(let failure):
        try await rest(work.position(before: message), message, failure, breaker)
        return false
      }
    }
    if !isOver(), work.messages.last.map({ $0.number < work.seen }) ?? true {
      try await advance(to: work.seen, nil, nil)
    }
    return true
  }

  /// Nil when nothing is to be done, or it is not ours to do.
  private func read() async throws -> Work? {
    let found = try await executor.system(in: hospital) { call -> (Row, Rows)? in
      let endpoint = try await call.transaction.query(
        WebhookWorkQueries.endpoint(webhook, in: hospital, token: token))
      guard let row = endpoint.first else { return nil }
      let position = try row.decode("position", as: Int64.self)
      return (
        row,
        try await call.transaction.query(WebhookWorkQueries.events(after: position, in: hospital, limit: Self.batch))
      )
    }
    guard let (row, events) = found else { return nil }
    let position = try row.decode("position", as: Int64.self)
    let head = try row.decode("last_number", as: Int64.self)
    let first = try events.first?.decode("number", as: Int64.self) ?? head + 1
    let wanted = Set(try row.decode("events", as: [String].self))
    var messages: [WebhookMessage] = []
    if first > position + 1 {
      messages.append(
        WebhookMessage(
          missed: position + 1...first - 1, id: .new(at: executor.clock.now), at: executor.clock.now, in: hospital))
    }
    for event in events where wanted.contains(try event.decode("name")) {
      messages.append(try WebhookMessage(event, in: hospital))
    }
    let seen = try events.reduce(max(position, first - 1)) { max($0, try $1.decode("number", as: Int64.self)) }
    guard seen > position else { return nil }
    let breaker = Breaker.State(rawValue: try row.decode("breaker")) ?? .closed
    return Work(
      url: try row.decode("url"), events: wanted,
      secret: try executor.secrets.openText(
        try row.decode("secret"), for: .webhook, place: WebhookSecret.place(of: webhook)),
      position: position, breaker: Breaker(state: breaker, failures: try row.decode("failures")), messages: messages,
      seen: seen)
  }

  private func advance(to number: Int64, _ message: WebhookMessage?, _ status: Int?) async throws {
    try await executor.system(in: hospital) { call in
      let held = try await call.transaction.query(
        WebhookWorkQueries.advance(webhook, in: hospital, to: number, token: token))
      guard !held.isEmpty else { throw LostLease() }
      guard let message else { return }
      call.transaction.queue(
        WebhookWorkQueries.note(
          .new(at: call.now), message, to: webhook, in: hospital, status: "delivered", responseStatus: status,
          reason: nil))
    }
  }

  private func rest(
    _ position: Int64, _ message: WebhookMessage, _ failure: WebhookOutcome.Failure, _ before: Breaker
  ) async throws {
    var breaker = before
    let seconds = breaker.fail()
    try await executor.system(in: hospital) { call in
      let noted = try await call.transaction.query(
        WebhookWorkQueries.note(
          .new(at: call.now), message, to: webhook, in: hospital, status: "waiting", responseStatus: failure.status,
          reason: failure.reason))
      let attempts = try noted.first?.decode("attempts", as: Int.self) ?? 1
      let isPassedOver = failure.isRefusal && attempts >= Self.mostRefusals
      if isPassedOver { call.transaction.queue(WebhookWorkQueries.giveUp(message.number, of: webhook, in: hospital)) }
      call.transaction.queue(
        WebhookWorkQueries.rest(
          webhook, in: hospital, at: isPassedOver ? message.number : position, breaker, seconds: seconds, token: token))
      guard failure.isGone else { return }
      for statement in WebhookWorkQueries.switchOff(webhook, in: hospital) { call.transaction.queue(statement) }
      var row = AuditRow(system: "webhook_switched_off", category: .tenancy, hospital: hospital)
      row.note.resource("webhook", webhook)
      call.auditRows.append(row)
    }
  }
}

extension WebhookDrain.Work {
  /// Everything that comes before this message is done with.
  fileprivate func position(before message: WebhookMessage) -> Int64 {
    messages.last { $0.number < message.number }?.number ?? position
  }
}

extension WebhookMessage {
  init(_ row: Row, in hospital: HospitalID) throws {
    self.init(
      id: try row.decode("id"), number: try row.decode("number"), name: try row.decode("name"),
      at: try row.decode("created_at"), in: hospital, payload: try row.decode("payload"))
  }
}
