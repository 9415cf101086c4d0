import Core
import Logging
import Operations
import Postgres
import Realtime
import ServiceLifecycle
import Tenancy

/// Hears what other nodes and the database's triggers say, and tells the caches when nothing can be heard.
struct Listening: Service {
  let pool: PostgresPool
  let cache: BearerCache
  let versions: TopicVersions
  let notices: Notices
  let log: EventLog
  let bridge: SocketBridge
  let hub: SocketHub
  let clock: ServerClock

  static let channels = [
    "ward_identity", "ward_events", "ward_timers", "ward_jobs", "ward_clock", "ward_cache", "ward_watch",
  ]

  func run() async throws {
    let events = try pool.listen(Self.channels)
    await cancelWhenGracefulShutdown {
      for await event in events { await self.take(event) }
    }
    hear(false)
  }

  private func hear(_ isListening: Bool) {
    cache.listening(isListening)
    versions.listening(isListening)
  }

  private func take(_ event: PostgresEvent) async {
    switch event {
    case .up:
      hear(true)
      notices.wakeAll(log.followed)
      await recheck()
    case .down: hear(false)
    case .notification("ward_cache", let change): versions.heard(change)
    case .notification("ward_identity", let subject):
      cache.forget(subject)
      await recheck()
    case .notification("ward_clock", _):
      notices.wakeAll(log.followed)
    case .notification(let channel, let payload): notices.heard(channel, payload)
    }
  }

  /// Streams and sockets look again whether they still may hear what they hear.
  private func recheck() async {
    log.wakeListeners()
    await bridge.recheck(hub)
  }
}
