import Core

/// What came of handing one event over.
enum WebhookOutcome: Sendable, Equatable {
  case delivered(status: Int)
  case failed(Failure)

  struct Failure: Sendable, Equatable {
    let status: Int?
    let reason: String
    /// The endpoint has looked at it and will not have it.
    let isRefusal: Bool
    /// The endpoint says that it is no more (RFC 9110, 15.5.11).
    let isGone: Bool
  }

  /// Any 2xx is a yes; a redirect is none, since events go where they were sent to.
  init(sending message: WebhookMessage, to url: String, secret: String, _ calls: OutsideCalls, at now: Timestamp) async
  {
    do {
      self.init(try await calls.send(message.request(to: url, secret: secret, at: now)).status)
    } catch {
      self = .failed(Failure(status: nil, reason: error.rawValue, isRefusal: false, isGone: false))
    }
  }

  init(_ status: Int) {
    guard !(200...299).contains(status) else {
      self = .delivered(status: status)
      return
    }
    let isRefusal = (400...499).contains(status) && ![408, 409, 425, 429].contains(status)
    self = .failed(
      Failure(
        status: (100...999).contains(status) ? status : nil, reason: "answered \(status)", isRefusal: isRefusal,
        isGone: status == 410))
  }
}
