import Core
import NIOCore
import Operations
import Postgres
import Tenancy

// Row 154: who holds a ticket hears how its one entry of a waiting line stands.
extension SocketBridge {
  func follow(_ token: String) async -> Result<SocketIdentity, SocketRefusal> {
    guard let ticket = LineTicket(token: token, executor.secrets) else { return .failure(.badTicket) }
    guard ticket.expiresAt > executor.clock.now else { return .failure(.oldTicket) }
    do {
      try await log.follow(ticket.hospital)
    } catch {
      return .failure(.notReady)
    }
    let name = "line:" + ticket.entry.text
    return .success(
      SocketIdentity(
        userId: name, sessionId: name, token: token,
        rooms: [Room.line(ticket.line, ticket.entry, in: ticket.hospital).name], expiresAt: ticket.expiresAt,
        isFollower: true))
  }

  /// As it stands when the follower is in its room already.
  func place(of follower: SocketIdentity) async -> Result<SocketEvent, SocketRefusal> {
    guard let ticket = LineTicket(token: follower.token, executor.secrets) else { return .failure(.badTicket) }
    do {
      let found = try await executor.system(in: ticket.hospital) { call in
        for keeper in keepers {
          if let standing = try await keeper.standing(ticket, &call) { return standing as JSONValue? }
        }
        return nil
      }
      guard let found else { return .failure(.oldTicket) }
      var payload = ByteBuffer()
      payload.writeJSON(found)
      return .success(SocketEvent(name: LineStanding.eventName, payload: payload))
    } catch {
      return .failure(.notReady)
    }
  }
}
