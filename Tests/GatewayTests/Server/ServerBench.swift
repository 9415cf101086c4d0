import Core
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOPosix
import Realtime
import ServiceLifecycle
import Synchronization
import Testing

@testable import Gateway

/// A server on free ports for one test, with a small handler, stopped gracefully at the end.
struct ServerBench {
  let port: Int
  let socketPort: Int
  let hub: SocketHub
  let requests: RequestGate
  let stop: @Sendable () async -> Void

  static func with(
    limits: ServerLimits = ServerLimits(), socketLimits: SocketLimits = SocketLimits(),
    _ body: @escaping @Sendable (ServerBench) async throws -> Void
  ) async throws {
    let group = MultiThreadedEventLoopGroup.singleton
    let clock = ServerClock()
    let handlers = SocketHandlers(
      authenticate: { token, _ in
        token.hasPrefix("token-of-")
          ? .success(SocketIdentity(userId: String(token.dropFirst(9)), sessionId: token, rooms: ["all"]))
          : .failure(SocketRefusal("The token is not valid.", code: "UNAUTHORIZED"))
      },
      subscribe: { _, _, _ in .success(["alerts"]) },
      onEvent: { _, _, arguments in arguments.first })
    let hub = SocketHub(
      eventLoops: Array(group.makeIterator()), handlers: handlers, limits: socketLimits,
      clock: SocketClock(calendar: { clock.now }))
    var options = ServerOptions()
    options.port = 0
    options.socketPort = 0
    options.limits = limits
    let gate = RequestGate()
    let ports = Ports()
    let server = WardServer(
      options: options, group: group, hub: hub, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
      onListening: { await ports.set($0, $1 ?? 0) },
      respond: { request, source in try await answer(request, source, gate) })
    let services = ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: [.init(service: server)], logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }))
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask { try await services.run() }
      let (port, socketPort) = await ports.wait()
      let bench = ServerBench(
        port: port, socketPort: socketPort, hub: hub, requests: gate,
        stop: { await services.triggerGracefulShutdown() })
      try await body(bench)
      await services.triggerGracefulShutdown()
      try await tasks.waitForAll()
    }
  }

  private static func answer(_ request: Request, _ source: RequestSource, _ gate: RequestGate) async throws -> Response
  {
    switch request.uri.path {
    case "/wait":
      await gate.arrive()
      return Response(status: .ok, body: ResponseBody(byteBuffer: ByteBuffer(string: "waited")))
    case "/big":
      return Response(status: .ok, body: ResponseBody(byteBuffer: ByteBuffer(repeating: 98, count: 30_000)))
    case "/stream":
      return Response(
        status: .ok,
        body: ResponseBody { writer in
          for part in ["one", "", "two"] { try await writer.write(ByteBuffer(string: part)) }
          try await writer.finish(nil)
        })
    case "/address":
      return Response(status: .ok, body: ResponseBody(byteBuffer: ByteBuffer(string: source.address)))
    case "/fault": throw CancellationError()
    default:
      let body = try await request.body.collect(upTo: 2 << 20)
      let text = "\(request.method.rawValue) \(request.uri) \(body.readableBytes)"
      return Response(status: .ok, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
  }
}

actor Ports {
  private var ports: (Int, Int)?
  private var waiter: CheckedContinuation<(Int, Int), Never>?

  func set(_ port: Int, _ socketPort: Int) {
    ports = (port, socketPort)
    waiter?.resume(returning: (port, socketPort))
    waiter = nil
  }

  func wait() async -> (Int, Int) {
    if let ports { return ports }
    return await withCheckedContinuation { waiter = $0 }
  }
}

/// Holds requests to `/wait` until the test lets them go.
actor RequestGate {
  private var isOpen = false
  private var held: [CheckedContinuation<Void, Never>] = []
  private var watchers: [CheckedContinuation<Void, Never>] = []

  func arrive() async {
    for watcher in watchers { watcher.resume() }
    watchers.removeAll()
    guard !isOpen else { return }
    await withCheckedContinuation { held.append($0) }
  }

  func arrived() async {
    guard held.isEmpty else { return }
    await withCheckedContinuation { watchers.append($0) }
  }

  func open() {
    isOpen = true
    for request in held { request.resume() }
    held.removeAll()
  }
}
