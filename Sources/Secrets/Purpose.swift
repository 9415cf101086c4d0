extension KeyRing {
  /// What a key is for; one that opens second factors opens no record.
  package enum Purpose: String, Sendable, CaseIterable {
    case secondFactor = "second factor"
    case signingKey = "signing key"
    case providerToken = "provider token"
    case jobPayload = "job payload"
    case mailedCode = "mailed code"
    case apiKey = "api key"
    case patientRecord = "patient record"
    case patientIndex = "patient index"
    /// The answer of a request that names a patient, kept for a day in case the request is sent again.
    case storedAnswer = "stored answer"
    /// An answer in Redis, for whoever asks the same.
    case keptAnswer = "kept answer"
    case webhook = "webhook"
    case channelService = "channel service"
    case phone = "phone"
    case pushToken = "push token"
    case answerLink = "answer link"
    case lineTicket = "line ticket"
    case calendarFeed = "calendar feed"
    case careTicket = "care ticket"

    /// What was sealed for it, in a sentence.
    package var thing: String {
      switch self {
      case .phone: "telephone number"
      case .webhook: "secret of a webhook"
      case .channelService: "service of a channel"
      case .apiKey: "API key"
      case .jobPayload: "content of a job"
      default: rawValue
      }
    }
  }
}
