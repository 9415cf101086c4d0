package import Operations
package import Scheduling

extension Registry {
  /// One line for each operation of consultations, and for each kind of thing that a chart holds.
  package mutating func registerConsultations(_ terms: BookingTerms, _ video: VideoVisits) {
    registerChart(AllergyKind.self)
    registerChart(MedicalRecordKind.self)
    registerChart(LabReportKind.self)
    registerChart(ImagingReportKind.self)
    register(SearchDoctors.self)
    register(ShowPublicProfile.self)
    register(RateDoctor.self)
    register(BookConsultation.self, with: terms)
    register(JoinConsultation.self, with: video)
    register(ShowConsultation.self)
    register(ListConsultations.self)
    register(CarryConsultationOn.self)
    register(CancelConsultation.self)
    register(AddVisitNote.self)
    register(AmendVisitNote.self)
    register(ListVisitNotes.self)
    register(CreatePrescription.self)
    register(ShowPrescription.self)
    register(ListPrescriptions.self)
    register(ListOwnPrescriptions.self)
    register(CancelPrescription.self)
    register(PresentPrescription.self)
    register(DispensePrescription.self)
    register(PrintPrescription.self)
    register(PrintOwnPrescription.self)
    register(VerifyPrescription.self)
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
