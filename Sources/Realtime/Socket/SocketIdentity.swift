package import Core

/// Who a socket speaks for, as the authenticator found it.
package struct SocketIdentity: Sendable, Equatable {
  package var userId: String
  package var sessionId: String
  /// For which it speaks; nil for who belongs to none.
  package var hospitalId: String?
  /// By which its rights are looked at again; never listed.
  package var token: String
  /// Rooms to join at once, such as `user:{id}` and `hospital:{id}`.
  package var rooms: [String]
  /// The socket is closed at this time; nil for a session without an end.
  package var expiresAt: Timestamp?
  /// Nobody: who holds the ticket of one room, and hears that room alone.
  package var isFollower = false

  package init(
    userId: String, sessionId: String, hospitalId: String? = nil, token: String = "", rooms: [String],
    expiresAt: Timestamp? = nil, isFollower: Bool = false
  ) {
    self.isFollower = isFollower
    self.hospitalId = hospitalId
    self.userId = userId
    self.sessionId = sessionId
    self.token = token
    self.rooms = rooms
    self.expiresAt = expiresAt
  }
}

/// What the HTTP request that opened the socket told; safe to list except for the two credentials.
package struct SocketHandshake: Sendable {
  package var address: String
  package var userAgent: String
  /// The token of an `Authorization: Bearer` header, if there was one.
  package var bearer: String?
  /// The session cookie's value, if there was one.
  package var cookie: String?
  package var isSecure: Bool

  package init(
    address: String, userAgent: String = "", bearer: String? = nil, cookie: String? = nil, isSecure: Bool = false
  ) {
    self.address = address
    // Kept for every socket, so a client cannot make it dear.
    self.userAgent = String(userAgent.prefix(256))
    self.bearer = bearer
    self.cookie = cookie
    self.isSecure = isSecure
  }
}

/// Why something was refused: a sentence that is safe to show and a stable code.
package struct SocketRefusal: Error, Sendable, Equatable {
  package var message: String
  package var code: String

  package init(_ message: String, code: String) {
    self.message = message
    self.code = code
  }

  package static let unauthorized = SocketRefusal("Sign in first.", code: "UNAUTHORIZED")
  /// The words of seed 2.
  package static let badTicket = SocketRefusal("This is no ticket of ours.", code: "INVALID_TOKEN")
  package static let oldTicket = SocketRefusal("This ticket is over.", code: "TOKEN_EXPIRED")
  package static let notReady = SocketRefusal("The server is not ready. Try again.", code: "UNAVAILABLE")
  package static let tooManySockets = SocketRefusal("Too many connections.", code: "TOO_MANY_REQUESTS")
  package static let tooManyRooms = SocketRefusal("Too many subscriptions.", code: "TOO_MANY_REQUESTS")
}

/// One open socket as it is listed (row 149).
package struct SocketInfo: Sendable, Equatable {
  package enum Transport: String, Sendable { case polling, websocket }

  package var id: SocketID
  package var connectedAt: Timestamp
  package var address: String
  package var userAgent: String
  package var transport: Transport
  package var userId: String?
  package var sessionId: String?
  package var hospitalId: String?
  package var rooms: [String]
}

/// A socket's number, unique in this process.
package struct SocketID: Sendable, Hashable {
  package let number: UInt64
  package init(number: UInt64) { self.number = number }
}

/// Why a socket ended; goes into logs and counters, never to other clients.
package enum SocketCloseReason: String, Sendable, CaseIterable {
  case clientLeft, transportClosed, pingTimeout, protocolError, binaryRefused, slowReader, rateLimited
  case authenticationMissing, authenticationFailed, tooManySockets, expired, revoked, replaced, shuttingDown

  /// Whether the client may come back and be given what it missed.
  var isRecoverable: Bool {
    switch self {
    case .transportClosed, .pingTimeout, .slowReader, .replaced, .shuttingDown: true
    default: false
    }
  }

  /// Whether to say DISCONNECT, after which clients stay away until somebody acts; otherwise they come back by themselves.
  var saysDisconnect: Bool {
    switch self {
    case .authenticationMissing, .authenticationFailed, .expired, .revoked: true
    default: false
    }
  }

  /// The code of the WebSocket close frame (RFC 6455, 7.4.1).
  var websocketCode: UInt16 {
    switch self {
    case .clientLeft: 1000
    case .shuttingDown: 1001
    case .protocolError: 1002
    case .binaryRefused: 1003
    case .slowReader, .tooManySockets, .rateLimited: 1013
    default: 1008
    }
  }
}
