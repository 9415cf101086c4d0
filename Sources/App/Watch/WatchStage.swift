/// How far a beat of the self-watch has come; for one that failed, what did not work.
package enum WatchStage: String, Sendable {
  case raise, deliver, acknowledge

  package var words: String {
    switch self {
    case .raise: "A test alert could not be raised."
    case .deliver: "A test alert was raised and not delivered."
    case .acknowledge: "A test alert was delivered and could not be acknowledged."
    }
  }
}
