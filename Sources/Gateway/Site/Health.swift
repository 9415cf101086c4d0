package import Core
import HTTPTypes
import HummingbirdCore
import Operations

/// How Ward is: three answers of rising detail.
package struct Health: Sendable {
  /// Something that Ward is made of or uses.
  package struct Part: Sendable {
    let name: String
    let isWell: Bool
    /// Without it Ward only slows down.
    let isNeeded: Bool
    /// What is wrong, for everybody to read.
    let reason: String?

    package init(_ name: String, isWell: Bool, isNeeded: Bool = true, reason: String? = nil) {
      self.name = name
      self.isWell = isWell
      self.isNeeded = isNeeded
      self.reason = reason
    }
  }

  package let database: @Sendable () async -> Bool
  /// What there is besides the database and the sockets.
  package let parts: @Sendable () async -> [Part]
  /// Numbers of the pool, sockets and streams.
  package let figures: @Sendable () -> [String: JSONValue]

  package init(
    database: @escaping @Sendable () async -> Bool, parts: @escaping @Sendable () async -> [Part] = { [] },
    figures: @escaping @Sendable () -> [String: JSONValue]
  ) {
    self.database = database
    self.parts = parts
    self.figures = figures
  }

  func basic(_ version: String, clock: ServerClock) async -> Reply {
    await reply(clock) { [.init("version", .string(version)), $0] }
  }

  func detailed(_ version: String, clock: ServerClock) async -> Reply {
    let figures = self.figures().sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, $0.value) }
    return await reply(clock) { [.init("version", .string(version)), $0, .init("figures", .object(figures))] }
  }

  func api(_ registry: Registry, clock: ServerClock) async -> Reply {
    await reply(clock) { _ in
      [
        .init("operations", .integer(Int64(registry.operations.count))),
        .init("protocols", ["rest", "trpc", "socket.io", "sse"]),
      ]
    }
  }

  /// 503 as soon as something is away that is needed.
  private func reply(_ clock: ServerClock, _ more: (_ services: JSONValue.Member) -> [JSONValue.Member]) async -> Reply
  {
    let all = [Part("database", isWell: await database()), Part("websocket", isWell: true)] + (await parts())
    let isWell = all.allSatisfy { $0.isWell || !$0.isNeeded }
    let services = JSONValue.Member("services", .object(all.map { .init($0.name, .bool($0.isWell)) }))
    var members: [JSONValue.Member] = [
      .init("status", .string(isWell ? "healthy" : "unhealthy")), .init("time", clock.now.json),
    ]
    members += more(services)
    let reasons = all.filter { !$0.isWell }.compactMap(\.reason)
    if !reasons.isEmpty { members.append(.init("reasons", .array(reasons.map { .string($0) }))) }
    return Responses.json(isWell ? .ok : .serviceUnavailable, .object(members))
  }
}
