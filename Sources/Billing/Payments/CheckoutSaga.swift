/// What is done about a payment and in which order: the next step follows from the steps that are on record, so whoever
/// goes on with it after a crash does what the one before would have done.
enum CheckoutSaga {
  enum Step: String, CaseIterable, Sendable {
    case reserveSlot = "reserve_slot"
    case createConsultation = "create_consultation"
    case charge, confirm, notify
    /// Somebody wants the money back.
    case withdraw
    /// Money that came when nobody waited for it any more.
    case lateMoney = "late_money"
    case releaseSlot = "release_slot"
    case cancelConsultation = "cancel_consultation"
    case cancelSubscription = "cancel_subscription"
    case refund
  }

  enum Outcome: String, Sendable { case done, failed }

  enum Purpose: String, Sendable, CaseIterable { case appointment, subscription }

  /// The first three of an appointment are the booking and the payment; then both are made firm.
  static func forward(_ purpose: Purpose) -> [Step] {
    purpose == .appointment
      ? [.reserveSlot, .createConsultation, .charge, .confirm, .notify] : [.charge, .confirm, .notify]
  }

  /// What takes back what was done, where charging or confirming has failed.
  static func backward(_ purpose: Purpose) -> [Step] {
    purpose == .appointment ? [.releaseSlot, .cancelConsultation] : [.cancelSubscription]
  }

  /// Nil: nothing is left to do.
  static func next(_ purpose: Purpose, after done: [Step: Outcome]) -> Step? {
    let hasFailed = done[.charge] == .failed || done[.confirm] == .failed
    if hasFailed, let step = backward(purpose).first(where: { done[$0] == nil }) { return step }
    let hasMoney = done[.charge] == .done || done[.lateMoney] == .done
    if hasFailed || done[.withdraw] == .done { return hasMoney && done[.refund] == nil ? .refund : nil }
    return forward(purpose).first { done[$0] == nil }
  }
}
