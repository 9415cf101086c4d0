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
    let place = try count.take(for: caller.actorID.text)
    let rooms = wish.rooms(caller)
    let executor = self.executor
    let origin = exchange.origin
    let stream = EventStream(
      log: log, hospital: hospital, rooms: rooms, lastEventID: wish.lastEventID, clock: executor.clock, place: place,
      dialect: wish.dialect, includes: wish.includes,
      standing: {
        guard let again = try? await executor.authenticate(credentials, origin: origin),
          wish.permission.map(again.permissions.contains) ?? true
        else { return .over }
        return Set(wish.rooms(again)) == Set(rooms) ? .stands : .changed
      })
    return Reply(
      status: .ok,
      headers: [.contentType: "text/event-stream", .cacheControl: "no-store", .accelBuffering: "no"],
      content: .events(stream))
  }
}
