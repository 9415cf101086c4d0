package import Logging
package import Postgres

/// Keeps in the database what sockets are subscribed to, so that a client may come back to any node.
///
/// One statement for each subscription of a client that takes part in recovery, none for its events. At most 8 KiB of
/// subscriptions a socket: with more it can only come back to its own node.
package struct SocketPlaces: Sendable {
  private static let maximumBytes = 8192
  private let pool: PostgresPool
  private let logger: Logger

  package init(pool: PostgresPool, logger: Logger) {
    self.pool = pool
    self.logger = logger
  }

  package var memory: SocketMemory {
    var memory = SocketMemory()
    memory.keep = { await self.keep($0, $1, $2) }
    memory.recall = { await self.recall($0, $1) }
    memory.forget = { _ = await self.run(PlaceQueries.forget($0, $1)) }
    return memory
  }

  private func keep(_ pid: String, _ person: String, _ place: SocketPlace) async -> Bool {
    let text = place.text
    guard text.utf8.count <= Self.maximumBytes else { return await run(PlaceQueries.forget(pid, person)) != nil }
    return await run(PlaceQueries.keep(pid, person, sid: place.sid, text)) != nil
  }

  private func recall(_ pid: String, _ person: String) async -> SocketRecall {
    guard SocketSession.isId(pid) else { return .nothing }
    guard let rows = await run(PlaceQueries.recall(pid, person)) else { return .unknown }
    guard let row = rows.first else { return .nothing }
    do {
      let place = SocketPlace(sid: try row.decode("sid"), text: try row.decode("subscriptions"))
      return place.map { .found($0) } ?? .nothing
    } catch {
      logger.error("a socket's subscriptions cannot be read", metadata: ["error": "\(error)"])
      return .nothing
    }
  }

  /// Nil when the database did not answer, which its own watch tells in full.
  private func run(_ statement: SQL) async -> Rows? {
    do {
      return try await pool.run([statement]).first
    } catch {
      logger.debug("a socket's subscriptions are out of reach", metadata: ["error": "\(error)"])
      return nil
    }
  }
}
