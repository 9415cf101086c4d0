package import Core
package import Operations
import Postgres

/// How reminders ask about patients, of whom this module knows nothing; the composition root gives it.
package struct PatientLink: Sendable {
  /// Where a patient is reached.
  package struct Contact: Sendable {
    package let name: String?
    package let email: String?
    package let phone: String?

    package init(name: String?, email: String?, phone: String?) {
      self.name = name
      self.email = email
      self.phone = phone
    }
  }

  /// Throws where the caller may not open the record; notes that he did.
  package let open: @Sendable (PatientID, inout WriteCall) async throws -> Void
  /// For Ward's own use, without a caller; nil when there is no such patient.
  package let contact: @Sendable (PatientID, inout WriteCall) async throws -> Contact?

  package init(
    open: @escaping @Sendable (PatientID, inout WriteCall) async throws -> Void,
    contact: @escaping @Sendable (PatientID, inout WriteCall) async throws -> Contact?
  ) {
    self.open = open
    self.contact = contact
  }
}

extension PatientLink {
  /// Somebody with his ways and wishes as they are now; nil where he is gone.
  func recipient(_ who: Recipient.Who, tier: Int?, _ call: inout WriteCall) async throws -> Recipient? {
    guard let hospital = call.tenant else { return nil }
    switch who {
    case .person(let id):
      let rows = try await call.transaction.query(
        DeliveryQueries.people(DeliveryQueries.named([id], tier: tier), in: hospital))
      return try rows.first.map { try Recipient(row: $0, call.secrets) }
    case .patient(let id):
      guard let contact = try await contact(id, &call) else { return nil }
      var recipient = Recipient(who)
      recipient.email = contact.email
      recipient.phone = contact.phone
      recipient.name = contact.name
      recipient.preferences.channels = [.email, .sms, .whatsapp]
      if let row = try await call.transaction.query(PreferenceQueries.patient(id, in: hospital)).first {
        recipient.preferences.channels = try row.decode("channels", as: [String].self)
          .compactMap(ChannelKind.init(rawValue:))
        recipient.preferences.language = try row.decode("language")
      }
      return recipient
    }
  }
}
