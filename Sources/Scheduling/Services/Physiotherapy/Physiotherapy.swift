/// Exercises and massage after an injury or an operation, mostly six times, with a finding at each visit.
struct Physiotherapy: ServicePlugin {
  let domain = "healthcare"
  let services = [
    Service("physiotherapy", "Physiotherapy", minutes: 30).with {
      $0.bufferMinutes = 5
      $0.media = [.inPerson, .video]
      $0.sessions = 6
      $0.fields = [
        ServiceField("region", .choice(["neck", "shoulder", "back", "hip", "knee", "foot", "hand"]), required: true),
        ServiceField("reason", .text(maximum: 500)),
      ]
      $0.operations = [
        ServiceOperation(
          "finding",
          [
            ServiceField("painLevel", .number(0...10), required: true),
            ServiceField("rangeDegrees", .number(0...360)),
            ServiceField("note", .text(maximum: 500)),
          ], while: [.checkedIn, .inProgress])
      ]
      $0.reminderMinutes = [1440, 120]
    }
  ]
}
