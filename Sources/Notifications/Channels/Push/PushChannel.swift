package import Core
package import Operations
import Postgres
import Secrets

/// Push: to every device of the person in this hospital; a device whose app is gone is forgotten.
package struct PushChannel: Channel {
  package let kind = ChannelKind.push
  private let services: Services
  private let line: Gathering<HospitalID, OutgoingMessage, Result<SendReceipt, SendTrouble>>

  package init(services: Services, executor: Executor) {
    self.services = services
    line = Gathering(most: Expo.most, atOnce: 16) { hospital, messages in
      await PushBatch(services: services, executor: executor, hospital: hospital).send(messages)
    }
  }

  package func isConfigured(for hospital: HospitalID, _ call: WriteCall) async throws -> Bool {
    do {
      return try await services.service(.push, for: hospital, call) != nil
    } catch is SealError {
      // It is tried, and the delivery log says why it fails; the next channel follows.
      return true
    }
  }

  package func send(_ message: OutgoingMessage) async throws(SendTrouble) -> SendReceipt {
    guard message.person != nil else { throw SendTrouble("no_device", .invalidDestination) }
    let result: Result<SendReceipt, SendTrouble>
    do { result = try await line.ask(message.hospital, message) } catch {
      throw SendTrouble("failed_inside", .temporary)
    }
    return try result.get()
  }

  /// One device that has it is enough; else the word that gives most hope.
  static func receipt(_ tickets: [Expo.Ticket]) throws(SendTrouble) -> SendReceipt {
    for case .taken(let id) in tickets { return SendReceipt(providerID: id) }
    var refused: SendTrouble?
    for case .refused(let reason, let isTemporary) in tickets where refused == nil || isTemporary {
      refused = SendTrouble(reason, isTemporary ? .temporary : .final)
    }
    throw refused ?? SendTrouble("device_unregistered", .invalidDestination)
  }
}
