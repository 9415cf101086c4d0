import Core
package import Operations
import Postgres

/// Ends a subscription: it stays in force for the time that is paid and is not followed by another.
package struct CancelSubscription: WriteOperation {
  package let subscriptionId: SubscriptionID
  package let version: BillingVersion

  package static let contract = Contract(
    name: "billing.cancelSubscription", route: .post("/subscriptions/{subscriptionId}/cancellation"),
    summary: "Cancel a subscription", message: "The subscription is cancelled.", access: .permission(.manageBilling),
    limit: .standard, mode: .write, audit: .row(action: "subscription_cancelled", category: .billing), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<SubscriptionKind> {
    let hospital = try call.hospital.id
    _ = try await call.transaction.query(SubscriptionQueries.lock(hospital))
    guard let found = try await call.transaction.query(SubscriptionQueries.find(subscriptionId, in: hospital)).first
    else {
      throw Failure.notFound("subscription")
    }
    let status: String = try found.decode("status")
    let moved = try await call.transaction.query(
      SubscriptionQueries.cancel(subscriptionId, version: version, in: hospital))
    guard let row = moved.first else {
      let isOver =
        SubscriptionLife.State(rawValue: status).map { !SubscriptionLife.may($0, become: .cancelled) } ?? true
      throw Failure(
        .conflict,
        isOver ? "The subscription is \(status) already." : "The subscription was changed meanwhile. Read it again.")
    }
    call.audit.resource("subscription", subscriptionId)
    return try Document(row)
  }
}
