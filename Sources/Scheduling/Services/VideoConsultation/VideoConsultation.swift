/// A visit without a way: by picture, by voice or in writing.
struct VideoConsultation: ServicePlugin {
  let domain = "healthcare"
  let services = [
    Service("video-consultation", "Video consultation", minutes: 15).with {
      $0.media = [.video, .audio, .chat]
      $0.queue = "appointment"
      $0.fields = HealthQuestions.fields
      $0.reminderMinutes = [1440, 15]
    }
  ]
}
