package import Core
package import Operations
import Postgres
import Secrets

/// Adds an endpoint that hears the hospital's events from now on; shows its secret once.
package struct CreateWebhook: JoinedOperation {
  package let url: WebhookURL
  package let events: WebhookEvents?
  package let description: NameText?

  private static let most = 20

  package static let contract = Contract(
    name: "webhooks.create", route: .post("/webhooks", status: 201), summary: "Add an endpoint that hears events",
    message: "Keep the secret: it is not shown again.", access: .permission(.manageHospital), limit: .standard,
    mode: .write, audit: .row(action: "webhook_created", category: .tenancy), cache: .never, answersWithSecret: true)

  package struct Output: Record {
    package let id: WebhookID
    package let url: WebhookURL
    package let events: [WebhookEvent]
    package let secret: WebhookSecret
    package let version: WebhookVersion
  }

  package func run(_ call: inout WriteCall, _ rules: WebhookRules) async throws -> Output {
    try rules.check(url)
    let hospital = try call.hospital.id
    let id = WebhookID.new(at: call.now)
    let secret = WebhookSecret.random()
    let sealed = try call.secrets.seal(secret.text, for: .webhook, place: WebhookSecret.place(of: id))
    let events = events?.list ?? WebhookEvent.allCases
    let rows = try await call.transaction.queries([
      WebhookQueries.line(of: hospital),
      WebhookQueries.insert(
        id, self, events: events.map(\.rawValue), sealed: sealed, by: call.caller?.userID, in: hospital,
        most: Self.most),
    ])
    guard rows.last?.first != nil else {
      throw Failure(.conflict, "The hospital has \(Self.most) endpoints. Remove one first.")
    }
    call.transaction.queue(WebhookQueries.begin(id, in: hospital))
    call.audit.resource("webhook", id)
    return Output(id: id, url: url, events: events, secret: secret, version: WebhookVersion(unchecked: 1))
  }
}

/// How often an endpoint was changed, from 1.
package struct WebhookVersion: IntegerPrimitive {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var range: ClosedRange<Int64> { 1...Int64(Int32.max) }
}
