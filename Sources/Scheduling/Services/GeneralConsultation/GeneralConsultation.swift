/// A visit to a doctor.
struct GeneralConsultation: ServicePlugin {
  let domain = "healthcare"
  let services = [
    Service("general-consultation", "General consultation", minutes: 15).with {
      $0.media = [.inPerson, .video, .audio, .chat]
      $0.queue = "appointment"
      $0.fields = HealthQuestions.fields
      $0.operations = [HealthQuestions.triage]
    }
  ]
}

/// What healthcare asks before a visit.
enum HealthQuestions {
  static let fields = [
    ServiceField("reason", .text(maximum: 500)), ServiceField("symptoms", .text(maximum: 2000)),
  ]
  /// How urgent somebody at the desk finds it.
  static let triage = ServiceOperation(
    "triage",
    [ServiceField("level", .number(1...5), required: true), ServiceField("note", .text(maximum: 500))])
}
