package import Core
import NIOCore
package import Operations
import Synchronization
package import Tenancy

/// What the sockets ask of Ward: who a token is, which rooms it may join, what it missed.
package final class SocketBridge: Sendable {
  let executor: Executor
  let log: EventLog
  private let places: SocketPlaces
  let keepers: [LineKeeper]
  /// Rings when somebody comes or goes.
  private let changes: Alarm
  /// The token of each open session, so that its rights can be looked at again when they may have changed.
  private let tokens = Mutex<[String: (token: String, sockets: Int)]>([:])

  package init(
    executor: Executor, log: EventLog, places: SocketPlaces, changes: Alarm,
    keepers: [LineKeeper] = [.departments]
  ) {
    self.keepers = keepers
    self.executor = executor
    self.log = log
    self.places = places
    self.changes = changes
  }

  package var handlers: SocketHandlers {
    SocketHandlers(
      authenticate: { await self.authenticate($0, $1) },
      subscribe: { await self.subscribe($0, $1, $2) },
      follow: { await self.follow($0) }, place: { await self.place(of: $0) },
      replay: { await self.replay($0, $1) }, standing: { await self.standing($0) }, memory: places.memory,
      onPresence: { self.note($0) })
  }

  /// Ends the sockets whose session is over, and sends those away that stand in a room which they may no longer hear:
  /// they come back by themselves and subscribe to what they may.
  package func recheck(_ hub: SocketHub) async {
    for (sessionID, entry) in tokens.withLock({ $0 }) {
      do {
        let (allowed, until) = try await rights(entry.token)
        hub.last(until: until) { $0.sessionId == sessionID }
        hub.sendAway { $0.sessionId == sessionID && !$1.allSatisfy { Room.isAllowed($0, in: allowed) } }
      } catch {
        guard error.code == .unauthorized || error.code == .forbidden else { continue }
        await hub.disconnect(.revoked) { $1 == sessionID }
      }
    }
  }

  /// The rooms of every hospital in which the person works, and when the session ends.
  private func rights(_ token: String) async throws(Failure) -> (rooms: Set<String>, until: Timestamp?) {
    let home = try await look(token)
    var rooms = home.ownRooms + home.alertRooms + home.systemRooms + home.deskRooms
    for membership in home.memberships {
      let there = try await look(token, in: membership.hospitalID)
      rooms += there.ownRooms + there.alertRooms + there.systemRooms + there.deskRooms
    }
    return (Set(rooms.map(\.name)), home.sessionExpiresAt)
  }

  /// Who stands behind a token that opened a socket before.
  private func look(_ token: String, in hospital: HospitalID? = nil) async throws(Failure) -> Caller {
    let credentials = Credentials(token: token, hospital: hospital.map { .id($0) })
    guard let caller = try await executor.lookAgain(credentials) else { throw .signInFirst }
    return caller
  }

  /// Asked when a session should be over by time.
  private func standing(_ identity: SocketIdentity) async -> SocketStanding {
    if identity.isFollower { return .over }
    do throws(Failure) {
      return .stands(until: try await look(identity.token).sessionExpiresAt)
    } catch {
      guard error.code.status >= 500 else { return .over }
      // Nobody can tell right now, and an outage of the database must not sign a hospital out.
      return .stands(until: executor.clock.now.adding(seconds: 1))
    }
  }

  private func authenticate(
    _ token: String, _ handshake: SocketHandshake
  ) async -> Result<SocketIdentity, SocketRefusal> {
    do {
      let origin = RequestOrigin(id: "socket", address: handshake.address, userAgent: handshake.userAgent)
      guard let caller = try await executor.authenticate(Credentials(token: token), origin: origin) else {
        throw Failure.signInFirst
      }
      if let hospital = caller.hospital { _ = try await log.follow(hospital.id) }
      let sessionID = caller.actorID.text + ":" + (caller.sessionID?.text ?? "screen")
      // A screen has nothing to subscribe to by hand: its board is all it may hear.
      let rooms = caller.kind == .screen ? caller.alertRooms : caller.ownRooms
      return .success(
        SocketIdentity(
          userId: caller.actorID.text, sessionId: sessionID, hospitalId: caller.hospital?.id.text, token: token,
          rooms: rooms.map(\.name),
          expiresAt: caller.sessionExpiresAt))
    } catch let failure as Failure {
      return .failure(SocketRefusal(failure.message, code: failure.code.rawValue))
    } catch {
      return .failure(.notReady)
    }
  }

  /// `subscribe:alerts {hospitalId}`: the caller's own hospital joins, another one is refused; `subscribe:queues`: who
  /// sees the system joins.
  private func subscribe(
    _ identity: SocketIdentity, _ event: String, _ arguments: [ByteBuffer]
  ) async -> Result<[String], SocketRefusal> {
    if event == "subscribe:queues" { return await subscribeToQueues(identity) }
    if event == "subscribe:appointments" { return await subscribeToAppointments(identity) }
    if event == "subscribe:deliveries" { return await subscribeToDeliveries(identity, arguments.first) }
    guard event == "subscribe:alerts" else {
      return .failure(SocketRefusal("There is no such subscription.", code: Failure.Code.notFound.rawValue))
    }
    guard let argument = arguments.first, let json = try? JSONParser.parse(argument.readableBytesView),
      let hospital = json["hospitalId"]?.text.flatMap({ HospitalID($0) })
    else {
      return .failure(SocketRefusal("hospitalId must be a UUID.", code: Failure.Code.badRequest.rawValue))
    }
    do {
      let caller = try await look(identity.token, in: hospital)
      guard !caller.alertRooms.isEmpty else {
        throw Failure(.forbidden, "You are not allowed to see the alerts of this hospital.")
      }
      try await log.follow(hospital)
      return .success(caller.alertRooms.map(\.name))
    } catch let failure as Failure {
      return .failure(SocketRefusal(failure.message, code: failure.code.rawValue))
    } catch {
      return .failure(.notReady)
    }
  }

  /// `subscribe:deliveries {alertId}`: how the messages of one alert of the session's hospital fare; who may not hear of
  /// this alert hears nothing there.
  private func subscribeToDeliveries(
    _ identity: SocketIdentity, _ argument: ByteBuffer?
  ) async -> Result<[String], SocketRefusal> {
    guard let argument, let json = try? JSONParser.parse(argument.readableBytesView),
      let alert = json["alertId"]?.text.flatMap({ AlertID($0) })
    else {
      return .failure(SocketRefusal("alertId must be a UUID.", code: Failure.Code.badRequest.rawValue))
    }
    do throws(Failure) {
      let caller = try await look(identity.token)
      guard caller.kind == .person, !caller.alertRooms.isEmpty else {
        throw Failure(.forbidden, "You are not allowed to see the alerts of this hospital.")
      }
      return .success(caller.alertRooms.map { $0.deliveries(of: alert).name })
    } catch {
      return .failure(error.code.status >= 500 ? .notReady : SocketRefusal(error.message, code: error.code.rawValue))
    }
  }

  private func subscribeToQueues(_ identity: SocketIdentity) async -> Result<[String], SocketRefusal> {
    do throws(Failure) {
      let rooms = try await look(identity.token).systemRooms
      guard !rooms.isEmpty else { throw Failure(.forbidden, "You are not allowed to see the queues.") }
      return .success(rooms.map(\.name))
    } catch {
      return .failure(error.code.status >= 500 ? .notReady : SocketRefusal(error.message, code: error.code.rawValue))
    }
  }

  /// `subscribe:appointments`: those of the session's hospital, for who sees them.
  private func subscribeToAppointments(_ identity: SocketIdentity) async -> Result<[String], SocketRefusal> {
    do throws(Failure) {
      let rooms = try await look(identity.token).deskRooms
      guard !rooms.isEmpty else { throw Failure(.forbidden, "You are not allowed to see the appointments.") }
      return .success(rooms.map(\.name))
    } catch {
      return .failure(error.code.status >= 500 ? .notReady : SocketRefusal(error.message, code: error.code.rawValue))
    }
  }

  private func replay(_ rooms: Set<String>, _ offset: String) async -> [SocketEvent]? {
    guard let offset = EventOffset(offset) else { return nil }
    var missed: [SocketEvent] = []
    var number = offset.number
    while missed.count <= EventLog.batch {
      guard case .events(let events)? = try? await log.after(number, in: offset.hospital) else { return nil }
      guard let last = events.last else { return missed }
      number = last.number
      for event in events where event.rooms.contains(where: rooms.contains) {
        let place = EventOffset(hospital: offset.hospital, number: event.number).text
        missed.append(SocketEvent(name: event.name, payload: event.payload, offset: place))
      }
    }
    return nil
  }

  private func note(_ presence: SocketPresence) {
    defer { changes.wake() }
    tokens.withLock { tokens in
      switch presence {
      case .joined(_, let identity):
        tokens[identity.sessionId] = (identity.token, (tokens[identity.sessionId]?.sockets ?? 0) + 1)
      case .left(_, let identity, _):
        tokens[identity.sessionId]?.sockets -= 1
        if tokens[identity.sessionId]?.sockets ?? 0 <= 0 { tokens[identity.sessionId] = nil }
      }
    }
  }
}
