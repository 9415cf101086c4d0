/// Treatments that take a room and some time to make it ready again, mostly in several sessions.
struct Ayurveda: ServicePlugin {
  let domain = "ayurveda"
  let services = [
    treatment("vidhakarma", "Vidhakarma", minutes: 60, queue: "vidhakarma", sessions: 3),
    treatment("panchakarma", "Panchakarma", minutes: 90, queue: "panchakarma", sessions: 5),
    treatment("ayurveda-therapy", "Ayurveda therapy", minutes: 60, queue: "ayurveda-therapy", sessions: 7),
  ]

  private static func treatment(
    _ name: String, _ title: String, minutes: Int, queue: String, sessions: Int
  ) -> Service {
    Service(name, title, minutes: minutes).with {
      $0.bufferMinutes = 15
      $0.queue = queue
      $0.sessions = sessions
      $0.fields = [ServiceField("reason", .text(maximum: 500)), ServiceField("prakriti", .choice(doshas))]
      $0.operations = [
        ServiceOperation(
          "assess",
          [
            ServiceField("dosha", .choice(doshas), required: true), ServiceField("note", .text(maximum: 500)),
          ], while: [.checkedIn, .inProgress])
      ]
    }
  }

  private static let doshas = ["vata", "pitta", "kapha", "vata-pitta", "pitta-kapha", "vata-kapha", "tridosha"]
}
