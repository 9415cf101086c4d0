package import Operations

extension Registry {
  /// One line for each operation of patients.
  package mutating func registerPatients(_ alarms: PatientAlarms) {
    register(CreatePatient.self)
    register(GetPatient.self)
    register(UpdatePatient.self)
    register(ListPatients.self)
    register(ListMyPatients.self)
    register(SearchPatients.self)
    register(DischargePatient.self, with: alarms)
    register(ShowPatientDashboard.self)
    register(RecordVitals.self, with: alarms)
    register(ShowCurrentVitals.self)
    register(ShowVitalsHistory.self)
    register(AssignToCareTeam.self)
    register(RemoveFromCareTeam.self)
    register(ShowCareTeam.self)
    register(ShowAccessLog.self)
    register(ShowOwnAccessLog.self)
    register(ShowOwnRecord.self)
    register(ShowOwnVitals.self)
    register(LinkAccount.self)
    // Emergencies.
    register(BreakGlass.self)
    register(ListAccessReviews.self)
    register(ReviewAccess.self)
  }
}
