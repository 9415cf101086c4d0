import Core
package import Operations
import Postgres

/// Lists what was handed to an endpoint, and what not and why, the newest first.
package struct ListWebhookDeliveries: ReadOperation {
  package let webhookId: WebhookID
  package let paging: Paging<WebhookDeliveryKind>

  package static let contract = Contract(
    name: "webhooks.listDeliveries", route: .get("/webhooks/{webhookId}/deliveries"),
    summary: "List what an endpoint was handed", message: "The deliveries.", access: .permission(.manageHospital),
    limit: .standard, mode: .read, audit: .refusalsOnly(category: .tenancy), cache: .never)

  private enum Key: String, CodingKey { case webhookId }

  package init(from decoder: any Decoder) throws {
    paging = try Paging(from: decoder)
    webhookId = try decoder.container(keyedBy: Key.self).decode(WebhookID.self, forKey: .webhookId)
  }

  package func run(_ call: ReadCall) async throws -> Documents<WebhookDeliveryKind> {
    let hospital = try call.hospital.id
    _ = try await call.row(WebhookQueries.find(webhookId, in: hospital), else: "endpoint")
    return try await call.documents(
      WebhookQueries.deliveries(of: webhookId, in: hospital), paging, named: "webhook deliveries \(webhookId.text)")
  }
}

/// Hands an event to its endpoint once more, out of its order.
package struct RedeliverWebhook: WriteOperation {
  package let deliveryId: WebhookDeliveryID

  package static let contract = Contract(
    name: "webhooks.redeliver", route: .post("/webhook-deliveries/{deliveryId}/redelivery"),
    summary: "Hand an event over once more", message: "The event is on its way again.",
    access: .permission(.manageHospital), limit: .standard, mode: .write,
    audit: .row(action: "webhook_redelivered", category: .tenancy), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<WebhookDeliveryKind> {
    let hospital = try call.hospital.id
    guard let row = try await call.transaction.query(WebhookQueries.askAgain(deliveryId, in: hospital)).first else {
      let found = try await call.transaction.query(WebhookQueries.delivery(deliveryId, in: hospital)).first
      guard let found else { throw Failure.notFound("delivery") }
      let isWaiting = try found.decode("status", as: String.self) == "waiting"
      throw Failure(.conflict, isWaiting ? "It is on its way already." : "The event is kept no longer.")
    }
    call.audit.resource("webhook_delivery", deliveryId)
    try call.enqueue(WebhookRedelivery.job(deliveryId, in: hospital))
    return try Document(row)
  }
}
