/// Which messages somebody is sent about one thing, and which are left out and why.
///
/// The notification centre and the open page always have it; a mail goes besides, unless he wants none; and of the
/// channels that ring in his pocket the first that he wants and that can reach him, so that nothing rings twice.
package struct DeliveryPlan: Sendable, Equatable {
  package struct Step: Sendable, Equatable {
    package let channel: ChannelKind
    package let status: DeliveryLife.Status
    package var reason: String?
    /// Where a queued message goes.
    package var destination: String?

    package init(
      _ channel: ChannelKind, _ status: DeliveryLife.Status, reason: String? = nil, destination: String? = nil
    ) {
      self.channel = channel
      self.status = status
      self.reason = reason
      self.destination = destination
    }
  }

  package let steps: [Step]

  /// `isUrgent`: of urgency 4 or 5, which knows neither quiet hours nor muting. `isOver`: somebody has the alert in hand
  /// already, so nothing rings any more.
  package init(for recipient: Recipient, configured: Set<ChannelKind>, isUrgent: Bool, isOver: Bool = false) {
    let held = isOver ? "closed" : isUrgent ? nil : recipient.isLeftAlone
    var steps = [Step(.inApp, .delivered), Step(.socket, .sent)]
    if configured.contains(.email) {
      steps.append(Self.step(.email, recipient, held: recipient.preferences.email ? held : "disabled"))
    }
    for channel in recipient.preferences.channels where configured.contains(channel) {
      let step = Self.step(channel, recipient, held: held)
      steps.append(step)
      if step.status == .queued || held != nil { break }
    }
    self.steps = steps
  }

  /// One message on the first way that he wants and that can reach him: a reminder. Empty where there is none.
  package init(oneWayTo recipient: Recipient, configured: Set<ChannelKind>) {
    let way = Self.next(for: recipient, order: recipient.ways, tried: [], configured: configured)
    steps = way.map { [$0] } ?? []
  }

  /// The next wanted way on which nothing was tried; nil when there is none.
  package static func next(
    for recipient: Recipient, order: [ChannelKind], tried: Set<ChannelKind>, configured: Set<ChannelKind>
  ) -> Step? {
    for channel in order where configured.contains(channel) && !tried.contains(channel) {
      let step = step(channel, recipient, held: nil)
      if step.status == .queued { return step }
    }
    return nil
  }

  private static func step(_ channel: ChannelKind, _ recipient: Recipient, held: String?) -> Step {
    if let held { return Step(channel, .skipped, reason: held) }
    guard let destination = recipient.destination(on: channel) else {
      return Step(channel, .skipped, reason: "no_destination")
    }
    return Step(channel, .queued, destination: destination)
  }
}
