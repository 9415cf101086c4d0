import Core
package import Jobs
package import Notifications
import Operations
import Postgres

/// The job of an ``AlertPage``: reads who was paged and what each of them wants, and writes their messages.
package struct AlertPaging: Sendable {
  private let channels: Channels
  private let publicURL: String

  /// `publicURL` ends without a slash.
  package init(channels: Channels, publicURL: String) {
    self.channels = channels
    self.publicURL = publicURL
  }

  package var handlers: [JobHandler] {
    [
      JobHandler(
        queue: AlertPage.queue, kind: AlertPage.kind,
        inTransaction: { job, call in
          guard let page = AlertPage(job.payload) else { throw JobTrouble("unknown page", isFinal: true) }
          try await write(page, &call)
        })
    ]
  }

  private func write(_ page: AlertPage, _ call: inout WriteCall) async throws {
    let configured = try await channels.configured(for: page.hospital, call)
    let people =
      page.people.map { DeliveryQueries.named($0, tier: nil) }
      ?? PagingQueries.paged(for: page.alert, at: page.at, in: page.hospital)
    let results = try await call.transaction.queries([
      PagingQueries.share(page.alert, in: page.hospital), DeliveryQueries.people(people, in: page.hospital),
      WordQueries.texts(page.notice.replacing("_", with: "-"), in: page.hospital),
    ])
    guard results.count == 3, let row = results[0].first else { return }
    let facts = try AlertFacts(row)
    let notice = facts.notice(page.notice, occasion: page.at, publicURL: publicURL)
    let fanout = Fanout(notice, in: page.hospital, configured: configured, words: try Words(results[2]))
    let secrets = call.secrets
    try fanout.write(to: try results[1].map { try Recipient(row: $0, secrets) }, &call)
    call.tellDeliveries(of: page.alert, department: facts.department, in: page.hospital)
  }

  /// How deliveries ask about alerts and tell them.
  package static let link = AlertLink(
    lock: { alert, call in
      guard let hospital = call.tenant else { return nil }
      return try await call.transaction.query(PagingQueries.lock(alert, in: hospital)).first.map(AlertFacts.init)
    },
    undeliverable: { id, tier, call in
      guard let hospital = call.tenant,
        let row = try await call.transaction.query(EscalationQueries.lock(id, in: hospital)).first
      else { return }
      let alert = try OpenAlert(row)
      guard alert.life.status == .active, alert.tier == tier, tier < alert.ladder.lastTier else { return }
      let climbed = try await Climbing(alert: alert, reason: .emptyTier, dueAt: alert.now).run(&call)
      _ = try AlertChange(row: climbed, id: id, hospital: hospital).tell(&call)
    })
}

extension AlertFacts {
  /// A row of ``PagingQueries``.
  init(_ row: Row) throws {
    let urgency = Urgency(unchecked: try row.decode("urgency", as: Int64.self))
    let state: State =
      switch AlertLife.Status(rawValue: try row.decode("status", as: String.self)) {
      case .active: .open
      case .acknowledged: .inHand
      default: .over
      }
    self.init(
      alert: try row.decode("id"), department: try row.decode("department_id"), room: try row.decode("room_number"),
      type: try row.decode("type_title"),
      urgency: Int(urgency.value), priority: urgency.priority.rawValue, tier: try row.decode("tier"), state: state)
  }
}
