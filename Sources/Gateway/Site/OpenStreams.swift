import Core
import HTTPTypes
import HummingbirdCore
import Operations
import Realtime

/// Opens streams of events for callers who may hear them, whichever tongue they speak.
struct OpenStreams: Sendable {
  let executor: Executor
  let log: EventLog
  let count: StreamCount

  /// What a caller asks to hear.
  struct Wish: Sendable {
    let lastEventID: Int64?
    let dialect: any StreamDialect
    let includes: @Sendable (String) -> Bool
    let rooms: @Sendable (Caller) -> [Room]
    /// Without it the stream is not there for him any more; nil needs none.
    let permission: Permission?
  }

  func open(
    _ wish: Wish, for caller: Caller, in hospital: HospitalID, credentials: Credentials, _ exchange: Exchange
  ) throws(Failure) -> Reply {
    let place = try count.take(
      for: StreamInfo(
        person: caller.actorID.text, hospital: hospital, connectedAt: executor.clock.now,
        address: exchange.origin.address, userAgent: exchange.origin.userAgent))
    let rooms = wish.rooms(caller)
    let stream = EventStream(
      log: log, hospital: hospital, rooms: rooms, lastEventID: wish.lastEventID, clock: executor.clock, place: place,
      expiresAt: caller.sessionExpiresAt, dialect: wish.dialect, includes: wish.includes,
      standing: { await Self.standing(of: wish, rooms: Set(rooms), executor, credentials) })
    return Reply(
      status: .ok,
      headers: [.contentType: "text/event-stream", .cacheControl: "no-store", .accelBuffering: "no"],
      content: .events(stream))
  }

  private static func standing(
    of wish: Wish, rooms: Set<Room>, _ executor: Executor, _ credentials: Credentials
  ) async -> StreamStanding {
    do throws(Failure) {
      guard let caller = try await executor.lookAgain(credentials),
        wish.permission.map(caller.permissions.contains) ?? true
      else { return .over }
      return Set(wish.rooms(caller)) == rooms ? .stands(until: caller.sessionExpiresAt) : .changed
    } catch {
      guard error.code.status >= 500 else { return .over }
      // Nobody is signed out because the database is away for a moment.
      return .unknown
    }
  }
}
