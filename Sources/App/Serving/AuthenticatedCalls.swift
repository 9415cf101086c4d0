import Core
import Operations
import Telemetry

extension AuthLog {
  /// Writes each call as a line; nil where that is not wanted.
  func listener(_ clock: ServerClock, isOn: Bool) -> (@Sendable (AuthenticatedCall) -> Void)? {
    guard isOn else { return nil }
    return { call in
      let entry = Entry(
        request: call.origin.id, person: call.caller?.actorID.text ?? "",
        hospital: call.caller?.hospital?.id.text ?? "",
        address: call.origin.address, operation: call.contract.name, outcome: call.code?.rawValue ?? "OK")
      self.add(entry, at: clock.now)
    }
  }
}
