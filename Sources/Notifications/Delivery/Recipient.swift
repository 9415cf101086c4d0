package import Core
import Identity
package import Postgres
package import Secrets

/// From when until when somebody wants no rest disturbed: minutes after midnight, and perhaps over it.
package struct QuietHours: Sendable, Equatable {
  package let from: Int
  package let until: Int

  package init(from: Int, until: Int) {
    self.from = from
    self.until = until
  }

  /// An empty span is never quiet.
  package func contains(minute: Int) -> Bool {
    from <= until ? (from..<until).contains(minute) : minute >= from || minute < until
  }
}

/// What somebody wants, or what counts where he has chosen nothing.
package struct Preferences: Sendable, Equatable {
  /// In this order, the next when one fails.
  package var channels: [ChannelKind] = [.push, .sms, .whatsapp]
  package var email = true
  package var isMuted = false
  package var quiet: QuietHours?
  package var language = "en"

  package init() {}
}

/// Somebody who is to be told something: where he is reached and what he wants.
package struct Recipient: Sendable {
  package enum Who: Sendable, Hashable {
    case person(UserID)
    case patient(PatientID)
  }

  package let who: Who
  /// Of the page; nil for what is about no alert.
  package var tier: Int?
  package var name: String?
  package var email: String?
  package var phone: String?
  package var preferences = Preferences()
  /// The minute of the day where he works.
  package var minute = 0

  package init(_ who: Who) { self.who = who }

  var person: UserID? {
    if case .person(let id) = who { id } else { nil }
  }

  /// Where a message on this channel goes; nil where he cannot be reached on it.
  func destination(on channel: ChannelKind) -> String? {
    switch channel {
    case .email: email
    case .sms, .whatsapp: phone
    // The channel itself knows the devices.
    case .push, .socket, .inApp: person == nil ? nil : ""
    }
  }

  /// The order in which he is told what needs one message only: a patient's own, a colleague's with mail in the end.
  package var ways: [ChannelKind] {
    let channels = preferences.channels
    return person == nil || channels.contains(.email) || !preferences.email ? channels : channels + [.email]
  }

  /// Whether he wants nothing now that can wait.
  var isLeftAlone: String? {
    if preferences.isMuted { return "muted" }
    return preferences.quiet?.contains(minute: minute) == true ? "quiet_hours" : nil
  }
}

extension Recipient {
  /// A row of ``DeliveryQueries/people(_:in:)``.
  package init(row: Row, _ secrets: KeyRing) throws {
    let person: UserID = try row.decode("user_id")
    self.init(.person(person))
    tier = try row.decode("tier")
    name = try row.decode("name")
    email = try row.decode("email")
    phone = try row.decode("phone")
    // The number that he has proved himself, before the one that an administrator wrote down; where its key is missing
    // that one is better than none.
    if let sealed = try row.decode("own_phone", as: [UInt8]?.self),
      let own = try? secrets.openText(sealed, for: .phone, place: OwnPhone.place(of: person))
    {
      phone = own
    }
    minute = try row.decode("minute")
    guard let channels = try row.decode("channels", as: [String]?.self) else { return }
    preferences.channels = channels.compactMap(ChannelKind.init(rawValue:))
    preferences.email = try row.decode("wants_email")
    preferences.isMuted = try row.decode("is_muted")
    preferences.language = try row.decode("language")
    if let from = try row.decode("quiet_from", as: Int?.self), let until = try row.decode("quiet_until", as: Int?.self)
    {
      preferences.quiet = QuietHours(from: from, until: until)
    }
  }
}
