package import Core
package import Operations
import Postgres

/// Sends the caller a test on a channel, so that he knows whether it would reach him.
package struct SendTest: JoinedOperation {
  package let channel: OutsideChannel

  package static let contract = Contract(
    name: "notification.sendTest", route: .post("/notification-tests", status: 201), summary: "Send oneself a test",
    message: "The test is on its way.", access: .person,
    limit: RateLimit("notification.sendTest", max: 10, windowSeconds: 600), mode: .write,
    audit: .row(action: "notification_test_sent", category: .identity), cache: .never)

  package struct Output: Record {
    /// Of the delivery; a mail's status is shown under it, too.
    package let id: DeliveryID
    package let channel: OutsideChannel
  }

  package func run(_ call: inout WriteCall, _ channels: ChannelDesk) async throws -> Output {
    let hospital = try call.hospital
    let person = try call.person
    let kind = channel.kind
    guard try await channels.configured(for: hospital.id, call).contains(kind) else {
      throw Failure(.conflict, "This channel is not set up here.")
    }
    let rows = try await call.transaction.query(
      DeliveryQueries.people(DeliveryQueries.named([person], tier: nil), in: hospital.id))
    guard let row = rows.first else { throw Failure.notFound("membership") }
    let recipient = try Recipient(row: row, call.secrets)
    guard let destination = recipient.destination(on: kind) else {
      throw Failure(.conflict, "Nobody has noted where you are reached on this channel.")
    }
    let notice = Notice(
      "test", values: ["hospital": hospital.name, "name": recipient.name ?? ""], occasion: call.now)
    let id = try call.deliver(
      notice, to: recipient, DeliveryPlan.Step(kind, .queued, destination: destination), in: hospital.id)
    call.audit.details = ["channel": .string(channel.rawValue)]
    return Output(id: id, channel: channel)
  }
}

/// A channel that leaves Ward.
package enum OutsideChannel: String, ChoicePrimitive {
  case push, email, sms, whatsapp

  var kind: ChannelKind {
    switch self {
    case .push: .push
    case .email: .email
    case .sms: .sms
    case .whatsapp: .whatsapp
    }
  }
}
