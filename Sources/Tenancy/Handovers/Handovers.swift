import Operations

extension Registry {
  /// One line for each operation of duty and handovers that has to do with alerts.
  mutating func registerHandovers(_ work: OpenWork) {
    register(SetDuty.self, with: work)
    register(EndShift.self, with: work)
    register(ListHandovers.self)
    register(AcceptHandover.self, with: work)
    register(DeclineHandover.self)
    register(ShowHandoverMetrics.self)
  }
}
