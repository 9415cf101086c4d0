import Core
import Logging
import Operations
import Postgres
import Secrets

/// Messages of one hospital that go to their devices together, a hundred devices in a request; each has its own outcome.
struct PushBatch: Sendable {
  typealias Outcome = Result<SendReceipt, SendTrouble>
  typealias Device = (id: PushTokenID, token: String)

  let services: Services
  let executor: Executor
  let hospital: HospitalID

  /// One outcome for each message, in their order.
  func send(_ messages: [OutgoingMessage]) async -> [Outcome] {
    do {
      guard let service = try await services.service(.push, for: hospital), case .expo(let expo) = service.provider
      else { throw SendTrouble("not_configured", .final) }
      let devices = try await devices(of: messages.compactMap(\.person))
      var outcomes = [Outcome](
        repeating: .failure(SendTrouble("no_device", .invalidDestination)), count: messages.count)
      var waiting: [(place: Int, devices: [Device])] = []
      for (place, message) in messages.enumerated() {
        guard let found = message.person.flatMap({ devices[$0] }) else { continue }
        switch found {
        case .failure(let trouble): outcomes[place] = .failure(trouble)
        case .success(let found): waiting.append((place, Array(found.prefix(Expo.most))))
        }
      }
      for chunk in Self.chunks(waiting) {
        let results = await perform(chunk.map { (messages[$0.place], $0.devices) }, expo, service.calls)
        for (each, result) in zip(chunk, results) { outcomes[each.place] = result }
      }
      return outcomes
    } catch {
      let trouble = Self.trouble(error)
      return messages.map { _ in .failure(trouble) }
    }
  }

  /// As many as go into a request; nobody's devices are parted.
  static func chunks(_ waiting: [(place: Int, devices: [Device])]) -> [[(place: Int, devices: [Device])]] {
    var chunks: [[(place: Int, devices: [Device])]] = []
    var room = 0
    for each in waiting {
      if chunks.isEmpty || each.devices.count > room {
        chunks.append([])
        room = Expo.most
      }
      chunks[chunks.count - 1].append(each)
      room -= each.devices.count
    }
    return chunks
  }

  private func perform(
    _ chunk: [(message: OutgoingMessage, devices: [Device])], _ expo: Expo, _ calls: OutsideCalls
  ) async -> [Outcome] {
    do {
      let answer = try await calls.send(expo.request(for: chunk.map { ($0.message, $0.devices.map(\.token)) }))
      var tickets = try expo.tickets(answer, for: chunk.reduce(0) { $0 + $1.devices.count })[...]
      var gone: [PushTokenID] = []
      var outcomes: [Outcome] = []
      for each in chunk {
        let mine = Array(tickets.prefix(each.devices.count))
        tickets = tickets.dropFirst(mine.count)
        gone += zip(each.devices, mine).filter { $0.1 == .unregistered }.map(\.0.id)
        outcomes.append(Outcome { () throws(SendTrouble) in try receipt(mine, for: each.message, each.devices) })
      }
      if !gone.isEmpty { await forget(gone) }
      return outcomes
    } catch {
      let trouble = Self.trouble(error)
      return chunk.map { _ in .failure(trouble) }
    }
  }

  /// The messages are out, whatever becomes of this: they must not go out again for it. A device that stays is found gone
  /// the next time, too.
  private func forget(_ gone: [PushTokenID]) async {
    do {
      try await executor.system(in: hospital) { call in try await call.forgetDevices(gone, in: hospital) }
    } catch {
      executor.logger.warning("devices that are gone were not forgotten", metadata: ["error": "\(error)"])
    }
  }

  private static func trouble(_ error: any Error) -> SendTrouble {
    switch error {
    case let trouble as OutsideCalls.Trouble: SendTrouble(trouble)
    case let trouble as SendTrouble: trouble
    case is SealError: .keyMissing
    default: SendTrouble("failed_inside", .temporary)
    }
  }

  /// By person; a device that cannot be read is the trouble of its owner alone.
  private func devices(of people: [UserID]) async throws -> [UserID: Result<[Device], SendTrouble>] {
    try await executor.system(in: hospital) { call in
      var devices: [UserID: Result<[Device], SendTrouble>] = [:]
      for row in try await call.transaction.query(PushQueries.tokens(of: people, in: hospital)) {
        let (id, person) = (try row.decode("id", as: PushTokenID.self), try row.decode("user_id", as: UserID.self))
        do {
          let token = try call.secrets.openText(
            try row.decode("token"), for: .pushToken, place: PushQueries.place(of: id))
          if case .success(let known) = devices[person, default: .success([])] {
            devices[person] = .success(known + [(id, token)])
          }
        } catch is SealError {
          devices[person] = .failure(.keyMissing)
        }
      }
      return devices
    }
  }

  /// Its tickets are kept, since the service says later what became of them.
  private func receipt(
    _ tickets: [Expo.Ticket], for message: OutgoingMessage, _ devices: [Device]
  ) throws(SendTrouble) -> SendReceipt {
    var receipt = try PushChannel.receipt(tickets)
    let taken = zip(devices, tickets).compactMap { device, ticket -> (id: String, device: PushTokenID)? in
      if case .taken(let id) = ticket { (id, device.id) } else { nil }
    }
    let hospital = self.hospital
    receipt.noted = { call in try PushReceipts.keep(taken, of: message.idempotencyKey, in: hospital, &call) }
    return receipt
  }
}
