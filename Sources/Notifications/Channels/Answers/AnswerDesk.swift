package import Core
package import Operations
import Postgres
import Secrets
import Tenancy

/// Where answers arrive that come without a session: what a message offers, and what becomes of a reply or a link.
///
/// Only a number that its owner has proved is offered an answer: whoever has another's number by mistake may read that
/// there is an alert, and cannot end its climbing.
package struct AnswerDesk: Sendable {
  package let executor: Executor
  /// Without a slash at its end; nil where Ward has no public address.
  private let publicURL: String?

  package init(executor: Executor, publicURL: String?) {
    self.executor = executor
    self.publicURL = publicURL.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
  }

  /// The kinds of messages that call for somebody.
  private static let calling: Set<String> = [
    "alert-created", "alert-escalated", "alert-paged-again", "alert-quorum-missing", "alert-reactivated",
  ]

  /// What is added to a message so that its reader can answer; the same each time that it is sent.
  func invitation(for message: OutgoingMessage, to number: String, isOwn: Bool) async throws -> String? {
    guard let person = message.person, let alert = message.alert, Self.calling.contains(message.template) else {
      return nil
    }
    let prints = executor.secrets.fingerprints(of: number, for: .phone)
    guard let print = prints.first else { return nil }
    let hospital = message.hospital
    let code = try await executor.system(in: hospital) { call -> String? in
      let proved = try await call.transaction.query(AnswerQueries.isProved(person, prints)).first
      guard try proved?.decode("is_proved", as: Bool.self) == true else { return nil }
      let known = AnswerQueries.code(of: message.idempotencyKey, in: hospital)
      if let row = try await call.transaction.query(known).first { return try row.decode("code") }
      let open = try await call.transaction.query(AnswerQueries.open(prints, scope: isOwn ? hospital : nil))
      let taken = Set(try open.map { try $0.decode("code", as: String.self) })
      let kept = try await call.transaction.query(
        AnswerQueries.insert(
          Self.code(besides: taken), message.idempotencyKey, to: person, about: alert, print, isOwn: isOwn,
          hours: AnswerLink.hours, in: hospital))
      return try kept.first?.decode("code")
    }
    guard let code else { return nil }
    let link = link(
      to: alert, for: person, tier: message.values["tier"].flatMap(Int.init) ?? 1, in: hospital, at: message.createdAt)
    let way = link.map { " or open \($0)" } ?? ""
    return "Reply ACK \(code)\(way) to say that you are on your way."
  }

  /// The link that a mail carries: for an address that its owner has proved, and where the message calls for somebody.
  func link(in message: OutgoingMessage) async throws -> String? {
    guard let person = message.person, let alert = message.alert, Self.calling.contains(message.template),
      let link = link(
        to: alert, for: person, tier: message.values["tier"].flatMap(Int.init) ?? 1, in: message.hospital,
        at: message.createdAt)
    else { return nil }
    let proved = try await executor.system(in: message.hospital) { call in
      try await call.transaction.query(AnswerQueries.isProved(person, address: message.destination))
    }
    return proved.isEmpty ? nil : link
  }

  /// An address under which one person can answer one alert, without signing in.
  package func link(
    to alert: AlertID, for person: UserID, tier: Int, in hospital: HospitalID, at time: Timestamp
  ) -> String? {
    guard let publicURL else { return nil }
    let link = AnswerLink(
      hospital: hospital, alert: alert, person: person, tier: tier,
      expiresAt: time.adding(seconds: AnswerLink.hours * 3600))
    return "\(publicURL)/answers/\(link.token(executor.secrets))"
  }

  private static func code(besides taken: Set<String>) -> String {
    var generator = SystemRandomNumberGenerator()
    while true {
      let digits = String(Int.random(in: 0..<10_000, using: &generator))
      let code = String(repeating: "0", count: 4 - digits.count) + digits
      if !taken.contains(code) { return code }
    }
  }

  package enum Outcome: Sendable, Equatable {
    case acknowledged
    /// It was no yes, or from nobody who was asked, or for no one alert.
    case nothing
    /// Somebody else was faster, or he may not any more.
    case refused(Failure)
  }

  /// A yes without a code that was on its way for longer may mean an alert that is over by now, and not the one there is.
  private static let freshSeconds = 120.0

  /// Takes what came back from a number, written at `time` where the service says it; `scope` is the hospital whose own
  /// service brought it.
  package func reply(
    _ text: String, from number: String, at time: Timestamp? = nil, scope: HospitalID?, origin: RequestOrigin
  ) async throws -> Outcome {
    guard let reply = ReplyText(text), let number = PhoneText.international(number) else { return .nothing }
    if reply.code == nil, let time, executor.clock.now.seconds(since: time) > Self.freshSeconds { return .nothing }
    let prints = executor.secrets.fingerprints(of: number, for: .phone)
    // What may be answered is found across hospitals; the tenant of this transaction plays no part.
    let open = try await executor.system(in: scope ?? .example) { call in
      try await call.transaction.query(AnswerQueries.open(prints, scope: scope))
    }
    let wanted = try open.filter { row in try reply.code.map { try row.decode("code") == $0 } ?? true }
    // Without a code a yes means the one alert there is.
    guard let row = wanted.first, Set(try wanted.map { try $0.decode("alert_id", as: AlertID.self) }).count == 1 else {
      return .nothing
    }
    let hospital: HospitalID = try row.decode("hospital_id")
    let delivery: DeliveryID = try row.decode("delivery_id")
    let outcome = try await acknowledge(
      try row.decode("alert_id"), as: try row.decode("user_id"), in: hospital, origin: origin)
    if outcome == .acknowledged {
      try await executor.system(in: hospital) { call in
        call.transaction.queue(AnswerQueries.use(delivery, in: hospital))
      }
    }
    return outcome
  }

  /// Takes a press of the button behind a link.
  package func follow(_ link: AnswerLink, origin: RequestOrigin) async throws -> Outcome {
    try await acknowledge(link.alert, as: link.person, in: link.hospital, origin: origin)
  }

  private func acknowledge(
    _ alert: AlertID, as person: UserID, in hospital: HospitalID, origin: RequestOrigin
  ) async throws -> Outcome {
    let caller = try await executor.system(in: hospital) { call in
      try await Answerer.caller(person, in: hospital, call)
    }
    guard let caller else { return .refused(Failure(.forbidden, "You do not work here any more.")) }
    do throws(Failure) {
      _ = try await executor.call(
        "alerts.acknowledge", as: caller, input: ["alertId": .string(alert.text)], origin: origin)
      return .acknowledged
    } catch {
      if error.code.status >= 500 { throw error }
      return .refused(error)
    }
  }
}
