/// A short visit after another one.
struct FollowUp: ServicePlugin {
  let domain = "healthcare"
  let services = [
    Service("follow-up", "Follow-up", minutes: 10).with {
      $0.media = [.inPerson, .video, .audio]
      $0.queue = "follow-up"
      $0.fields = HealthQuestions.fields
    }
  ]
}
