import Core
import HTTPTypes
import HummingbirdCore
import NIOCore
import Operations
import Realtime

extension Site {
  /// `GET /api/v1/events`: the caller's events as a stream, from `Last-Event-ID` on.
  func events(_ exchange: Exchange) async throws(Failure) -> Reply {
    guard exchange.method == .get else {
      return Responses.failure(Failure(.methodNotAllowed, "This address takes GET."), [.allow: "GET"])
    }
    let query = try QueryString(exchange.query)
    let credentials = exchange.credentials(query)
    guard let caller = try await executor.authenticate(credentials, origin: exchange.origin) else {
      throw .signInFirst
    }
    guard let hospital = caller.hospital?.id else { throw Failure(.forbidden, "You belong to no hospital yet.") }
    let wish = OpenStreams.Wish(
      lastEventID: try Self.lastEventID(exchange, query), dialect: WardDialect(), includes: { _ in true },
      rooms: { $0.ownRooms + $0.alertRooms + $0.deskRooms }, permission: nil)
    return try streams.open(wish, for: caller, in: hospital, credentials: credentials, exchange)
  }

  private static func lastEventID(_ exchange: Exchange, _ query: QueryString) throws(Failure) -> Int64? {
    guard let text = exchange.headers[.lastEventID] ?? query["lastEventId"] else { return nil }
    guard let number = Int64(text), number >= 0 else {
      throw .invalid("Last-Event-ID", "must be the number of an event", rule: "format")
    }
    return number
  }
}
