import NIOCore
import NIOExtras
import NIOHTTP1
import NIOPosix
import NIOSSL

/// One port: accepts connections and sets up their pipelines.
struct Listener {
  let channel: any Channel
  private let quiescing: ServerQuiescingHelper
  private let allClosed: EventLoopPromise<Void>

  /// Binds; throws when the address cannot be taken.
  init(
    host: String, port: Int, group: any EventLoopGroup, services: ConnectionServices, tls: NIOSSLContext?
  ) async throws {
    let quiescing = ServerQuiescingHelper(group: group)
    let limits = services.options.limits
    channel = try await ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: Int32(clamping: limits.backlog))
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .serverChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(quiescing.makeServerChannelHandler(channel: channel))
        }
      }
      .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      .childChannelInitializer { channel in
        guard services.activity.connected(limit: limits.connections) else { return channel.close() }
        channel.closeFuture.whenComplete { _ in services.activity.disconnected() }
        return channel.eventLoop.makeCompletedFuture { try Self.configure(channel, services, tls) }
      }
      .bind(host: host, port: port).get()
    self.quiescing = quiescing
    allClosed = group.any().makePromise()
  }

  static func configure(_ channel: any Channel, _ services: ConnectionServices, _ tls: NIOSSLContext?) throws {
    let pipeline = channel.pipeline.syncOperations
    if let tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
    let limits = services.options.limits
    var decoderLimits = NIOHTTPDecoderLimitConfiguration()
    // The parser counts target and headers together; a little more than both, so that the exact limits decide.
    decoderLimits.maxHeaderListSize = limits.targetBytes + limits.headerBytes + 1024
    decoderLimits.maxHeaderFieldSize = max(limits.targetBytes, limits.headerBytes) + 1024
    decoderLimits.maxHeaderFieldCount = limits.headerCount
    let watch = HeadWatch()
    let decoder = ByteToMessageHandler(
      HTTPRequestDecoder(leftOverBytesStrategy: .forwardBytes, limitConfiguration: decoderLimits))
    let connection = HTTPConnection(
      services: services, watch: watch, decoder: decoder, isSecure: tls != nil,
      peer: channel.remoteAddress?.ipAddress ?? "local")
    try pipeline.addHandlers([watch, decoder, connection])
  }

  /// Stops accepting and tells every connection to finish.
  func quiesce() { quiescing.initiateShutdown(promise: allClosed) }

  /// Waits until every connection is closed, or the time is over.
  func closed(within amount: TimeAmount) async {
    let done = allClosed.futureResult.eventLoop.makePromise(of: Void.self)
    let timeout = done.futureResult.eventLoop.scheduleTask(in: amount) { done.succeed() }
    allClosed.futureResult.whenComplete { _ in
      timeout.cancel()
      done.succeed()
    }
    do {
      try await done.futureResult.get()
    } catch {
      return  // Succeeds only.
    }
  }
}
