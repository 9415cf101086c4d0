/// Another trade than healthcare: somebody has a garment fitted. No word of it is about illness.
struct FashionFitting: ServicePlugin {
  let domain = "fashion"
  let services = [
    Service("fashion-fitting", "Fitting", minutes: 30).with {
      $0.bufferMinutes = 10
      $0.roles = ["manager", "receptionist", "operator", "support", "hospital_admin"]
      $0.fields = [
        ServiceField("garment", .choice(["suit", "dress", "coat", "shirt"]), required: true),
        ServiceField("occasion", .text(maximum: 200)),
      ]
      $0.operations = [
        ServiceOperation(
          "measure",
          [
            ServiceField("chestCm", .number(30...250), required: true),
            ServiceField("waistCm", .number(30...250), required: true),
            ServiceField("hipCm", .number(30...250)),
          ])
      ]
      $0.reminderMinutes = [1440]
    }
  ]
}
