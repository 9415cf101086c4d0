import Alerts
import Core
import FoundationEssentials
import Gateway
import Identity
package import Logging
import NIOCore
import NIOPosix
import Operations
import Patients
import Postgres
import Realtime
import ServiceLifecycle
import UnixSignals
import Telemetry
import Tenancy

/// `ward serve`: puts the parts together and runs them until it is told to stop.
package struct Serve: Sendable {
  private let settings: Settings
  private let options: ServeOptions
  private let logger: Logger
  private let say: @Sendable (String) -> Void

  package init(
    settings: Settings, options: ServeOptions, logger: Logger, say: @escaping @Sendable (String) -> Void
  ) {
    self.settings = settings
    self.options = options
    self.logger = logger
    self.say = say
  }

  package func run() async throws {
    Memory.configure()
    if options.demo, settings.environment == .production {
      throw SettingsError(problems: ["Production does not start with demo accounts."])
    }
    let database = try await Database.open(
      settings.database, dataFolder: options.dataFolder, logger: logger, say: say)
    do {
      try await database.migrate(say: say)
      try await serve(database)
    } catch {
      try await database.close()
      throw error
    }
    try await database.close()
  }

  private func serve(_ database: Database) async throws {
    let house = try House(settings: settings, servingURL: database.servingURL, logger: logger)
    try await house.open()
    try await PlainPatients(executor: house.executor, enginePool: house.enginePool, logger: logger).seal()
    if options.demo {
      guard let ownerURL = database.ownerURL else {
        throw SettingsError(problems: ["--demo needs WARD_DATABASE_OWNER_URL."])
      }
      try await Demo(ownerURL: ownerURL, hasher: house.hasher, secrets: settings.keyRing).plant()
    }
    let watch: [any Service] = database.watch(logger: logger).map { [$0] } ?? []
    let services = watch + services(house)
    var configuration = ServiceGroupConfiguration(
      services: services.map { .init(service: $0) }, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
    configuration.maximumGracefulShutdownDuration = .seconds(25)
    try await ServiceGroup(configuration: configuration).run()
    await house.close()
  }

  /// In the order of their start; they are stopped from the last to the first, so the server drains first.
  private func services(_ house: House) -> [any Service] {
    let site = house.site(settings: settings)
    let server = WardServer(
      options: serverOptions(), group: MultiThreadedEventLoopGroup.singleton, hub: house.hub, logger: logger,
      onListening: { port, socketPort in announce(port, socketPort) },
      respond: { request, source in await site.respond(request, source) })
    return [
      house.notices, house.listening, PresenceService(presence: house.presence),
      house.housekeeping, LimitSettling(executor: house.executor),
      EngineService(engine: house.engine), JobService(jobs: house.jobs), house.queueWatch,
      WebhookService(webhooks: house.webhooks),
      DispatcherService(dispatcher: house.dispatcher), server,
    ] + (house.watch.map { [$0] } ?? [])
  }

  private func serverOptions() -> ServerOptions {
    var server = ServerOptions()
    server.host = options.host
    server.port = options.port
    server.socketPort = options.socketPort
    let clientAddress = ClientAddress(trusted: settings.trustedProxies)
    server.clientAddress = { clientAddress($0, $1) }
    if let url = settings.publicURL { server.allowedOrigins = [url] }
    switch options.tls {
    case .none: break
    case .files(let certificate, let key):
      server.tls = ServerTLS(certificateChainPath: certificate, privateKeyPath: key)
    case .local:
      do {
        let paths = try LocalCertificate.make(in: options.dataFolder, host: options.host)
        server.tls = ServerTLS(certificateChainPath: paths.certificate, privateKeyPath: paths.key)
      } catch {
        // Without its certificate the server must not fall back to plain HTTP: a missing file stops the start.
        logger.error("the local certificate could not be made", metadata: ["error": "\(error)"])
        server.tls = ServerTLS(certificateChainPath: "", privateKeyPath: "")
      }
    }
    return server
  }

  private func announce(_ port: Int, _ socketPort: Int?) {
    let scheme = options.tls == .none ? "http" : "https"
    let host = ["127.0.0.1", "::1", "0.0.0.0", "::"].contains(options.host) ? "localhost" : options.host
    say("")
    say("Ward is ready: \(scheme)://\(host):\(port)")
    if let socketPort { say("Sockets alone:  \(scheme)://\(host):\(socketPort)") }
    if options.demo {
      say("")
      for line in Demo.signIns { say(line) }
    }
  }
}
