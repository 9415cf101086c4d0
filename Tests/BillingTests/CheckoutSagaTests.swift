@testable import Billing
import Testing

@Suite struct CheckoutSagaTests {
  private typealias Step = CheckoutSaga.Step
  private typealias Outcome = CheckoutSaga.Outcome

  /// All steps from these on, each with the outcome that it is told.
  private func walk(
    _ purpose: CheckoutSaga.Purpose, from done: [Step: Outcome] = [:], failing: Set<Step> = []
  ) -> [Step] {
    var (done, order) = (done, [Step]())
    while let step = CheckoutSaga.next(purpose, after: done), order.count < 20 {
      done[step] = failing.contains(step) ? .failed : .done
      order.append(step)
    }
    return order
  }

  @Test("205: what goes well goes forward, step by step")
  func forward() {
    #expect(walk(.appointment) == [.reserveSlot, .createConsultation, .charge, .confirm, .notify])
    #expect(walk(.subscription) == [.charge, .confirm, .notify])
  }

  @Test("205: a step three that fails releases the slot and cancels the consultation, in this order; no money moves")
  func backward() {
    #expect(
      walk(.appointment, failing: [.charge])
        == [.reserveSlot, .createConsultation, .charge, .releaseSlot, .cancelConsultation])
    #expect(
      walk(.appointment, failing: [.confirm]).suffix(4) == [.confirm, .releaseSlot, .cancelConsultation, .refund])
    #expect(walk(.subscription, failing: [.charge]) == [.charge, .cancelSubscription])
    #expect(walk(.subscription, failing: [.confirm]) == [.charge, .confirm, .cancelSubscription, .refund])
  }

  @Test("206: whoever goes on from any place ends where an uninterrupted one ends, and does no step twice")
  func resumes() {
    for purpose in CheckoutSaga.Purpose.allCases {
      for failing in [[], [.charge], [.confirm]] as [Set<Step>] {
        let whole = walk(purpose, failing: failing)
        for count in whole.indices {
          let done = Dictionary(
            uniqueKeysWithValues: whole[..<count].map { ($0, failing.contains($0) ? Outcome.failed : .done) })
          #expect(whole[..<count] + walk(purpose, from: done, failing: failing) == whole[...])
        }
        #expect(Set(whole).count == whole.count)
      }
    }
  }

  @Test("207: money goes back only where there is some, and once")
  func refunds() {
    for purpose in CheckoutSaga.Purpose.allCases {
      // Every set of steps that can be on record, with every outcome.
      let steps = Step.allCases
      for mask in 0..<(1 << steps.count) {
        var done: [Step: Outcome] = [:]
        for (index, step) in steps.enumerated() where mask & (1 << index) != 0 { done[step] = .done }
        for failed in [nil, Step.charge, .confirm] {
          if let failed { done[failed] = .failed }
          let order = walk(purpose, from: done)
          #expect(order.filter { $0 == .refund }.count <= 1)
          if order.contains(.refund) {
            #expect(done[.refund] == nil)
            #expect(done[.charge] == .done || done[.lateMoney] == .done || order.contains(.charge))
          }
        }
      }
    }
  }

  @Test("207: only a complete payment becomes refunded, and what is refunded stays so")
  func life() {
    #expect(PaymentLife.State.allCases.filter { PaymentLife.may($0, become: .refunded) } == [.completed])
    #expect(PaymentLife.State.allCases.allSatisfy { !PaymentLife.may(.refunded, become: $0) })
    #expect(PaymentLife.State.allCases.filter { PaymentLife.may($0, become: .processing) } == [.pending])
  }

  @Test("208: a setting names its service, its key and its secret, and nothing of them stands in what is wrong with it")
  func settings() {
    for good in ["stripe://:sk_live_1@api.stripe.com?secret=whsec_1", "razorpay://id:key@127.0.0.1:99?secret=x"] {
      #expect(throws: Never.self) { try PaymentSetting(good) }
    }
    for bad in [
      "stripe://api.stripe.com?secret=x", "stripe://:sk_live_1@api.stripe.com", "paypal://:sk_live_1@host?secret=x",
      "razorpay://:sk_live_1@host?secret=x", "sk_live_1", "stripe://:sk_live_1@ho st?secret=x",
    ] {
      do {
        _ = try PaymentSetting(bad)
        Issue.record("\(bad) was taken")
      } catch {
        #expect(!error.text.contains("sk_live_1"))
      }
    }
  }
}
