package import Operations

extension Registry {
  /// One line for each operation of billing.
  package mutating func registerBilling(_ services: PaymentServices) {
    register(ListPlans.self)
    register(CreatePlan.self)
    register(UpdatePlan.self)
    register(DeletePlan.self)
    register(Subscribe.self)
    register(GetSubscription.self)
    register(ListSubscriptions.self)
    register(QuoteSubscription.self)
    register(CancelSubscription.self)
    register(ListPayments.self)
    register(GetPayment.self)
    register(ListPaymentSteps.self)
    register(ListOwnPayments.self)
    register(GetReceipt.self)
    register(Pay.self, with: services)
    register(PayOwn.self, with: services)
    register(RecordPayment.self)
    register(RefundPayment.self)
    register(VerifyPayment.self, with: services)
  }
}
