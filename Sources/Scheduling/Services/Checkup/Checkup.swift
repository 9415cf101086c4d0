/// Check-up packages, which the seeds call chequp.
struct Checkup: ServicePlugin {
  let domain = "healthcare"
  let services = [
    Service("chequp", "Check-up", minutes: 45).with {
      $0.bufferMinutes = 15
      $0.queue = "chequp"
      // To be examined, and to hear what was found.
      $0.sessions = 2
      $0.fields = [
        ServiceField("package", .choice(["basic", "full", "heart", "senior"])),
        ServiceField("reason", .text(maximum: 500)),
      ]
      $0.operations = [ServiceOperation("fasting", [ServiceField("hours", .number(0...48), required: true)])]
      $0.reminderMinutes = [2880, 720]
    }
  ]
}
