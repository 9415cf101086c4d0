import Core
import HTTPTypes
import HummingbirdCore
import Operations
import Realtime

/// `GET /api/trpc/<name>?input=…` of a subscription: server-sent events as tRPC 11's `httpSubscriptionLink` reads them.
///
/// Goes on behind the last event id of the header, of the query or of the input, the first that is given: a browser
/// that connects again repeats its address and tells its latest number in the header.
struct TRPCSubscriptions: Sendable {
  let streams: OpenStreams

  func respond(
    _ subscription: RegisteredSubscription, _ exchange: Exchange, _ query: QueryString
  ) async throws(Failure) -> Reply {
    guard exchange.method == .get else {
      throw Failure(.methodNotAllowed, "A subscription is called by GET.")
    }
    let input = Result<JSONValue, Failure> { () throws(Failure) in try Self.input(exchange, query) }
    let (credentials, _) = TRPCTenant.take(from: input, for: subscription.input, exchange.credentials(query))
    let (found, caller) = try await streams.executor.subscribe(
      subscription, input: input, credentials: credentials, origin: exchange.origin)
    guard let hospital = caller.hospital?.id else { throw .signInFirst }
    let ended = Failure(.unauthorized, "The session is over. Sign in again.")
    let kind = type(of: found)
    let permission: Permission? =
      if case .permission(let needed) = subscription.contract.access { needed } else { nil }
    let wish = OpenStreams.Wish(
      lastEventID: found.lastEventId?.value,
      dialect: TRPCDialect(over: TRPCHandler.shape(of: ended, path: subscription.contract.name)),
      includes: { kind.includes(event: $0) }, rooms: { kind.rooms(of: $0) }, permission: permission)
    return try streams.open(wish, for: caller, in: hospital, credentials: credentials, exchange)
  }

  private static func input(_ exchange: Exchange, _ query: QueryString) throws(Failure) -> JSONValue {
    let given = try query["input"].map { text throws(Failure) in try InputReading.parse(text.utf8) } ?? .null
    guard let last = exchange.headers[.lastEventID] ?? query["lastEventId"] ?? query["Last-Event-Id"] else {
      return given == .null ? .object([]) : given
    }
    let rest = given == .null ? .object([]) : given.without("lastEventId")
    guard case .object(let members) = rest else { return given }
    return .object(members + [.init("lastEventId", .string(last))])
  }
}
