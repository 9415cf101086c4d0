package import Operations

extension Registry {
  /// One line for each operation of alerts.
  package mutating func registerAlerts() {
    register(CreateAlert.self)
    register(ListAlerts.self)
    register(ListPatientAlerts.self)
    register(GetAlert.self)
    register(UpdateAlert.self)
    register(ShowTimeline.self)
    registerCatalogue()
    registerFigures()
    registerLadders()
    register(ShowShiftSummary.self)
    register(AcknowledgeAlert.self)
    register(BatchAcknowledge.self)
    register(BatchResolve.self)
    register(TransferAlert.self)
    register(CommentOnAlert.self)
    register(ResolveAlert.self)
    register(CancelAlert.self)
    register(EscalateAlert.self)
    register(DeclineAlert.self)
    register(ArriveAtAlert.self)
    register(WithdrawFromAlert.self)
  }
}
