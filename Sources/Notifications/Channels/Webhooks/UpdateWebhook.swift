package import Core
package import Operations
import Postgres
import Secrets

/// Changes an endpoint, or pauses it: what happens meanwhile is handed over when it is active again.
package struct UpdateWebhook: JoinedOperation {
  package let webhookId: WebhookID
  package let version: WebhookVersion
  package let url: WebhookURL?
  package let events: WebhookEvents?
  package let description: NameText?
  package let isActive: Bool?

  package static let contract = Contract(
    name: "webhooks.update", route: .patch("/webhooks/{webhookId}"), summary: "Change or pause an endpoint",
    message: "The endpoint is changed.", access: .permission(.manageHospital), limit: .standard, mode: .write,
    audit: .row(action: "webhook_updated", category: .tenancy), cache: .never)

  package func run(_ call: inout WriteCall, _ rules: WebhookRules) async throws -> Document<WebhookKind> {
    try rules.check(url)
    let hospital = try call.hospital.id
    let found = try await call.transaction.query(WebhookQueries.find(webhookId, in: hospital))
    let changed = try await call.transaction.query(WebhookQueries.update(self, in: hospital))
    guard !changed.isEmpty else {
      guard !found.isEmpty else { throw Failure.notFound("endpoint") }
      throw Failure(.conflict, "Somebody has changed it meanwhile. Look at it again.")
    }
    let results = try await call.transaction.queries([
      WebhookQueries.wake(webhookId, in: hospital), WebhookQueries.find(webhookId, in: hospital),
    ])
    guard let row = results.last?.first else { throw Failure.internalFault }
    call.audit.resource("webhook", webhookId)
    return try Document(row)
  }
}

/// Gives an endpoint another secret; the earlier one signs nothing from now on.
package struct RotateWebhookSecret: WriteOperation {
  package let webhookId: WebhookID

  package static let contract = Contract(
    name: "webhooks.rotateSecret", route: .post("/webhooks/{webhookId}/secret"),
    summary: "Give an endpoint another secret", message: "Keep the secret: it is not shown again.",
    access: .permission(.manageHospital), limit: .standard, mode: .write,
    audit: .row(action: "webhook_secret_changed", category: .tenancy), cache: .never, answersWithSecret: true)

  package struct Output: Record {
    package let id: WebhookID
    package let secret: WebhookSecret
  }

  package func run(_ call: inout WriteCall) async throws -> Output {
    let secret = WebhookSecret.random()
    let sealed = try call.secrets.seal(secret.text, for: .webhook, place: WebhookSecret.place(of: webhookId))
    let rows = try await call.transaction.query(
      WebhookQueries.setSecret(sealed, of: webhookId, in: try call.hospital.id))
    guard !rows.isEmpty else { throw Failure.notFound("endpoint") }
    call.transaction.queue(WebhookQueries.wake(webhookId, in: try call.hospital.id))
    call.audit.resource("webhook", webhookId)
    return Output(id: webhookId, secret: secret)
  }
}

/// Removes an endpoint with what is on record of it.
package struct DeleteWebhook: WriteOperation {
  package let webhookId: WebhookID

  package static let contract = Contract(
    name: "webhooks.delete", route: .delete("/webhooks/{webhookId}"), summary: "Remove an endpoint",
    message: "The endpoint is removed.", access: .permission(.manageHospital), limit: .standard, mode: .write,
    audit: .row(action: "webhook_deleted", category: .tenancy), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Done {
    let rows = try await call.transaction.query(WebhookQueries.delete(webhookId, in: try call.hospital.id))
    guard !rows.isEmpty else { throw Failure.notFound("endpoint") }
    call.audit.resource("webhook", webhookId)
    return Done()
  }
}
