package import Core
import HTTPTypes
import HummingbirdCore
import Operations

/// How Ward is: three answers of rising detail.
package struct Health: Sendable {
  package let database: @Sendable () async -> Bool
  /// Numbers of the pool, sockets and streams.
  package let figures: @Sendable () -> [String: JSONValue]

  package init(
    database: @escaping @Sendable () async -> Bool, figures: @escaping @Sendable () -> [String: JSONValue]
  ) {
    self.database = database
    self.figures = figures
  }

  func basic(_ version: String, clock: ServerClock) async -> Reply {
    let database = await self.database()
    return Responses.json(
      database ? .ok : .serviceUnavailable,
      [
        "status": .string(database ? "healthy" : "unhealthy"), "version": .string(version), "time": clock.now.json,
        "services": ["database": .bool(database), "websocket": true],
      ])
  }

  func detailed(_ version: String, clock: ServerClock) async -> Reply {
    let database = await self.database()
    let figures = self.figures().sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, $0.value) }
    return Responses.json(
      database ? .ok : .serviceUnavailable,
      [
        "status": .string(database ? "healthy" : "unhealthy"), "version": .string(version), "time": clock.now.json,
        "services": ["database": .bool(database), "websocket": true], "figures": .object(figures),
      ])
  }

  func api(_ registry: Registry, clock: ServerClock) async -> Reply {
    let database = await self.database()
    return Responses.json(
      database ? .ok : .serviceUnavailable,
      [
        "status": .string(database ? "healthy" : "unhealthy"), "time": clock.now.json,
        "operations": .integer(Int64(registry.operations.count)),
        "protocols": ["rest", "trpc", "socket.io", "sse"],
      ])
  }
}
