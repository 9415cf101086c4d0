package import Core

/// A code on its way to a telephone, by the platform's service.
package enum CodeMessage {
  /// Whether the service took it; one that does not answer in its time has not.
  package static func send(
    _ code: String, to number: String, on kind: ServiceKind, by services: Services, at now: Timestamp
  ) async -> Bool {
    guard let service = services.platform(kind.channel), let provider = service.provider.messages else { return false }
    let id = DeliveryID.new(at: now)
    let message = ProviderMessage(
      key: id.text, to: number, title: "Ward", text: "\(code) is your code for Ward. Give it to nobody.",
      hospital: .example, delivery: id, callback: nil)
    do {
      _ = try provider.receipt(try await service.calls.send(provider.request(for: message, at: now)))
      return true
    } catch {
      return false
    }
  }
}
