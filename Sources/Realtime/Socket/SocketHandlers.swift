package import Core
package import NIOCore

/// What the socket layer asks of the rest of Ward. It knows no feature itself.
package struct SocketHandlers: Sendable {
  /// Finds who a token stands for. The refusal's message is shown to the client.
  package var authenticate:
    @Sendable (_ token: String, _ handshake: SocketHandshake) async -> Result<SocketIdentity, SocketRefusal>
  /// Decides a `subscribe:…` event (such as `subscribe:alerts` with `{hospitalId}`): the rooms to join, or why not.
  package var subscribe:
    @Sendable (_ identity: SocketIdentity, _ event: String, _ arguments: [ByteBuffer]) async
      -> Result<[String], SocketRefusal>
  /// Finds which one room a ticket opens, for who does not sign in.
  package var follow: @Sendable (_ ticket: String) async -> Result<SocketIdentity, SocketRefusal>
  /// What the follower is told first, read once it is in its room.
  package var place: @Sendable (_ follower: SocketIdentity) async -> Result<SocketEvent, SocketRefusal>
  /// Takes every other event of an authenticated client; arguments are raw JSON. The answer is one JSON value for the
  /// acknowledgement, or nil for an empty one.
  package var onEvent:
    @Sendable (_ socket: SocketClient, _ event: String, _ arguments: [ByteBuffer]) async -> ByteBuffer?
  /// Events in these rooms after the offset, oldest first; nil when that cannot be told, and a fresh session starts.
  package var replay: @Sendable (_ rooms: Set<String>, _ afterOffset: String) async -> [SocketEvent]?
  /// Asked when the identity's time is up: the session may have been used since.
  package var standing: @Sendable (_ identity: SocketIdentity) async -> SocketStanding
  /// What sockets are subscribed to, for all nodes.
  package var memory: SocketMemory
  /// Told when a person's socket appears or goes; runs on an event loop, so it must not block.
  package var onPresence: @Sendable (SocketPresence) -> Void

  package init(
    authenticate: @escaping @Sendable (String, SocketHandshake) async -> Result<SocketIdentity, SocketRefusal>,
    subscribe: @escaping @Sendable (SocketIdentity, String, [ByteBuffer]) async -> Result<[String], SocketRefusal>,
    follow: @escaping @Sendable (String) async -> Result<SocketIdentity, SocketRefusal> = { _ in
      .failure(.badTicket)
    },
    place: @escaping @Sendable (SocketIdentity) async -> Result<SocketEvent, SocketRefusal> = { _ in
      .failure(.badTicket)
    },
    onEvent: @escaping @Sendable (SocketClient, String, [ByteBuffer]) async -> ByteBuffer? = { _, _, _ in nil },
    replay: @escaping @Sendable (Set<String>, String) async -> [SocketEvent]? = { _, _ in nil },
    standing: @escaping @Sendable (SocketIdentity) async -> SocketStanding = { _ in .over },
    memory: SocketMemory = SocketMemory(),
    onPresence: @escaping @Sendable (SocketPresence) -> Void = { _ in }
  ) {
    self.authenticate = authenticate
    self.subscribe = subscribe
    self.follow = follow
    self.place = place
    self.onEvent = onEvent
    self.replay = replay
    self.standing = standing
    self.memory = memory
    self.onPresence = onPresence
  }
}

/// Whether a session goes on.
package enum SocketStanding: Sendable {
  /// Nil for a session without an end.
  case stands(until: Timestamp?)
  case over
}

/// A person's socket appeared or went.
package enum SocketPresence: Sendable {
  case joined(SocketID, SocketIdentity)
  case left(SocketID, SocketIdentity, SocketCloseReason)
}

/// One event for clients. The payload is JSON already; the offset is its place in the event log, for recovery.
package struct SocketEvent: Sendable {
  package var name: String
  package var payload: ByteBuffer
  package var offset: String?

  package init(name: String, payload: ByteBuffer, offset: String? = nil) {
    self.name = name
    self.payload = payload
    self.offset = offset
  }
}

/// The limits and timings of the socket server. Defaults are the product's own.
package struct SocketLimits: Sendable {
  package var pingInterval: TimeAmount = .seconds(25)
  package var pingTimeout: TimeAmount = .seconds(60)
  /// Time to connect and authenticate.
  package var authenticationTimeout: TimeAmount = .seconds(10)
  /// Time to finish a polling → WebSocket upgrade, and to fetch the last packets of a closing polling session.
  package var upgradeTimeout: TimeAmount = .seconds(10)
  /// Time for a polling client that was told to go to say its own goodbye, before it is told the end.
  package var farewellTime: TimeAmount = .milliseconds(500)
  /// Largest message, told to clients in the open packet.
  package var maximumPayloadBytes = 1 << 20
  /// Bytes that may wait for a slow reader before it is dropped, on either transport.
  package var maximumOutboundBytes = 1 << 20
  /// Bytes of events that may wait for one event loop before whoever sends waits too.
  package var maximumInboxBytes = 16 << 20
  package var maximumSockets = 50_000
  package var maximumSocketsPerUser = 20
  /// Sockets of one address that nobody has signed in on yet; a hospital behind one address comes back all at once.
  package var maximumGuestsPerAddress = 2_000
  package var maximumRoomsPerSocket = 128
  /// Events of one socket that may wait for the handler of an earlier one.
  package var maximumWaitingEvents = 64
  package var eventsPerSecond = 50
  package var eventBurst = 100
  /// How long a dropped client may come back and be given what it missed.
  package var recoveryWindow: TimeAmount = .seconds(120)
  package var maximumRecoverable = 10_000

  package init() {}
}
