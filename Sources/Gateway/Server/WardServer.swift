package import Logging
package import NIOCore
import NIOSSL
package import Realtime
import ServiceLifecycle

/// The HTTP server: everything to one handler, the sockets to the hub, on one port (and a second for sockets alone).
///
/// At a graceful shutdown it stops accepting, lets running requests finish, and then closes the sockets' transports
/// without a DISCONNECT packet, so that clients reconnect by themselves.
package struct WardServer: Service {
  private let options: ServerOptions
  private let group: any EventLoopGroup
  private let hub: SocketHub
  private let respond: RequestHandler
  private let logger: Logger
  private let onListening: @Sendable (_ port: Int, _ socketPort: Int?) async -> Void
  package let status = ServerStatus()

  /// `onListening` is told the ports once both listeners accept.
  package init(
    options: ServerOptions, group: any EventLoopGroup, hub: SocketHub, logger: Logger,
    onListening: @escaping @Sendable (_ port: Int, _ socketPort: Int?) async -> Void = { _, _ in },
    respond: @escaping RequestHandler
  ) {
    self.options = options
    self.group = group
    self.hub = hub
    self.logger = logger
    self.onListening = onListening
    self.respond = respond
  }

  /// Serves until a graceful shutdown or cancellation; throws when a port cannot be taken or a certificate not be read.
  package func run() async throws {
    let tls = try options.tls?.makeContext()
    let main = try await listener(options.port, onlySockets: false, tls)
    var listeners = [main]
    do {
      if let port = options.socketPort {
        listeners.append(try await listener(port, onlySockets: true, tls))
      }
    } catch {
      try await main.channel.close()
      throw error
    }
    let stopTicking = hub.startTicking()
    defer { stopTicking() }
    await onListening(
      main.channel.localAddress?.port ?? options.port,
      listeners.count > 1 ? listeners[1].channel.localAddress?.port : nil)
    do {
      try await gracefulShutdown()
    } catch {
      logger.debug("The server was cancelled.")
    }
    await stop(listeners)
  }

  private func stop(_ listeners: [Listener]) async {
    logger.info("Stopping: running requests finish, no new connections.")
    for listener in listeners { listener.quiesce() }
    let activity = status.activity
    await withTaskGroup(of: Void.self) { tasks in
      tasks.addTask { await activity.idle() }
      tasks.addTask { [options] in
        do {
          try await Task.sleep(nanoseconds: UInt64(max(0, options.limits.drainTimeout.nanoseconds)))
          activity.giveUp()
        } catch {
          return  // Cancelled: everything finished in time.
        }
      }
      await tasks.next()
      tasks.cancelAll()
    }
    await hub.shutDown()
    for listener in listeners { await listener.closed(within: .seconds(3)) }
    logger.info("Stopped.")
  }

  private func listener(_ port: Int, onlySockets: Bool, _ tls: NIOSSLContext?) async throws -> Listener {
    let services = ConnectionServices(
      options: options, respond: respond, hub: hub, activity: status.activity, onlySockets: onlySockets,
      onUnhandledError: { [logger] error in
        // The type alone: an error's text may hold what a person typed.
        logger.error("A request handler threw.", metadata: ["error.type": "\(type(of: error))"])
      })
    return try await Listener(host: options.host, port: port, group: group, services: services, tls: tls)
  }
}

/// What the server is doing right now, for health and metrics.
package struct ServerStatus: Sendable {
  let activity = ServerActivity()
  package var connections: Int { activity.connections }
  package var runningRequests: Int { activity.requests }
}
