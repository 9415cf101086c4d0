import Operations

extension Registry {
  /// One line for each operation of figures.
  mutating func registerFigures() {
    register(ShowFatigue.self)
    register(ShowAlertStats.self)
    register(ShowAlertAnalytics.self)
    register(ShowResponseAnalytics.self)
    register(ShowAlertMetrics.self)
    register(ListAlertHistory.self)
    register(ShowEscalationStatus.self)
    register(ListEscalations.self)
    register(ShowActiveEscalations.self)
  }
}
