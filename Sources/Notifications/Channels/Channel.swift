package import Core
package import Operations

/// A way out of Ward: hands one message to a provider. Conformers live beside this file, one folder a provider.
///
/// It may be called twice for one message (a node can die between the deed and its note), each time with the same
/// ``OutgoingMessage/idempotencyKey``. It may take at most 20 s. Retries, the order of channels, quiet hours and
/// receipts are no business of a channel: see ``DeliverySending``.
package protocol Channel: Sendable {
  var kind: ChannelKind { get }
  /// Whether messages of this hospital can go this way at all; asked for each alert, so it answers from memory or at
  /// the cost of one small statement.
  ///
  /// Whoever asks has a transaction, and with it a connection: what has to be looked up is looked up there, since one who
  /// holds a connection and waits for another may wait for those who do the same.
  func isConfigured(for hospital: HospitalID, _ call: WriteCall) async throws -> Bool
  /// Returns when the provider has taken the message.
  func send(_ message: OutgoingMessage) async throws(SendTrouble) -> SendReceipt
}

/// What is sent to one person on one channel. Nothing in it is about a patient, but in a patient's own reminders.
package struct OutgoingMessage: Sendable {
  /// The id of its delivery: a provider that knows idempotency keys is given it, callbacks name it.
  package let idempotencyKey: DeliveryID
  package let hospital: HospitalID
  package let person: UserID?
  /// An e-mail address, a telephone number (E.164 where it was given so); empty for push, which goes to every device
  /// of `person`.
  package let destination: String
  package let title: String
  package let text: String
  /// As HTML, where the template has it; e-mail only.
  package let html: String?
  /// Where the message leads, as a whole URL.
  package let link: String?
  /// 1 to 5; nil for what is about no alert.
  package let urgency: Int?
  package let alert: AlertID?
  /// The template's name and the values that were filled in, for providers that keep templates themselves.
  package let template: String
  package let values: [String: String]
  /// When it was asked for; the same for each attempt.
  package let createdAt: Timestamp

  package init(
    idempotencyKey: DeliveryID, hospital: HospitalID, person: UserID?, destination: String, title: String, text: String,
    html: String? = nil, link: String? = nil, urgency: Int? = nil, alert: AlertID? = nil, template: String,
    values: [String: String] = [:], createdAt: Timestamp
  ) {
    self.idempotencyKey = idempotencyKey
    self.hospital = hospital
    self.person = person
    self.destination = destination
    self.title = title
    self.text = text
    self.html = html
    self.link = link
    self.urgency = urgency
    self.alert = alert
    self.template = template
    self.values = values
    self.createdAt = createdAt
  }
}

/// The provider has the message.
package struct SendReceipt: Sendable {
  package enum Status: String, Sendable { case sent, delivered }

  /// Under which its callbacks name the message; at most 200 characters.
  package let providerID: String?
  package let status: Status
  /// What else is written with the note that it was sent.
  package var noted: (@Sendable (inout WriteCall) throws -> Void)?

  package init(providerID: String? = nil, status: Status = .sent) {
    self.providerID = providerID
    self.status = status
  }
}

/// The provider does not have the message.
package struct SendTrouble: Error, Sendable {
  package enum Kind: Sendable {
    /// Worth another try.
    case temporary
    /// The provider will not take this message, whenever it is asked.
    case final
    /// Nobody is there: no device, no such number or address.
    case invalidDestination
  }

  /// A short word of ours for the delivery log, such as `provider_timeout`: lower case and underscores, at most 50; never
  /// a text of the provider's, which may quote the message.
  package let reason: String
  package let kind: Kind

  package init(_ reason: String, _ kind: Kind) {
    self.reason = reason
    self.kind = kind
  }

  /// The service or the device is sealed by a key that this Ward does not have.
  static let keyMissing = SendTrouble("key_missing", .final)
}
