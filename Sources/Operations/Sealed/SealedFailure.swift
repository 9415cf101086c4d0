import Core
import Secrets

extension Failure {
  /// What a client is told of sealed bytes that do not open: `SERVICE_UNAVAILABLE` where a key is missing, since they
  /// can be read once it is back, with what cannot be read and for whom the remedy is; nothing of the key. Bytes that
  /// were altered are a fault inside like any other.
  init(_ error: SealError) {
    switch error {
    case .unreadable: self = .internalFault
    case .unknownKey(let purpose):
      self.init(
        .unavailable,
        "The \(purpose.thing) cannot be read, because the key that sealed it is missing here. "
          + "Whoever runs Ward must add it to WARD_SECRET_KEYS_EARLIER.",
        details: ["unreadable": .string(purpose.thing)])
    }
  }
}
