import Core

/// The ways on which a message reaches somebody.
package enum ChannelKind: String, ChoicePrimitive {
  case inApp = "in_app"
  case socket, push, email, sms, whatsapp

  /// A message on it rings in somebody's pocket: of these one at a time is used, the next when it fails.
  package var isInterruptive: Bool {
    switch self {
    case .push, .sms, .whatsapp: true
    case .inApp, .socket, .email: false
    }
  }

  /// The queue of its messages about alerts: a pool of its own, so that a slow provider holds up no other channel and
  /// nothing else holds up an alert.
  package var alertingQueue: String { "alerting-\(rawValue.replacing("_", with: "-"))" }

  /// The queue of its other messages.
  package var ordinaryQueue: String {
    switch self {
    case .email: "email"
    case .sms: "sms"
    case .inApp, .socket, .push, .whatsapp: "notification"
    }
  }
}
