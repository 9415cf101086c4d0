package import Operations

extension Registry {
  /// One line for each operation of consultations, and for each kind of thing that a chart holds.
  package mutating func registerConsultations() {
    registerChart(AllergyKind.self)
    registerChart(MedicalRecordKind.self)
    registerChart(LabReportKind.self)
    registerChart(ImagingReportKind.self)
    register(SearchDoctors.self)
    register(ShowPublicProfile.self)
    register(RateDoctor.self)
  }

  private mutating func registerChart<Kind: ChartKind>(_ kind: Kind.Type) {
    register(AddToChart<Kind>.self)
    register(ListChart<Kind>.self)
    register(ListOwnChart<Kind>.self)
    register(ShowChartItem<Kind>.self)
    register(ChangeChartItem<Kind>.self)
    register(RemoveFromChart<Kind>.self)
  }
}
