import Alerts
import AsyncHTTPClient
import Core
import FoundationEssentials
import Gateway
import Identity
import Jobs
import Logging
import NIOCore
import NIOPosix
import Notifications
import Operations
import Patients
import Postgres
import Realtime
import Secrets
import Telemetry
import Tenancy

/// All parts of a running Ward, made once and wired to each other.
struct House: Sendable {
  let pool: PostgresPool
  let enginePool: PostgresPool
  let hasher: PasswordHasher
  let executor: Executor
  let hub: SocketHub
  let notices: Notices
  let listening: Listening
  let housekeeping: Housekeeping
  let dispatcher: Dispatcher
  let engine: EscalationEngine
  let jobs: JobEngine
  private let smtp: SMTPTransport?
  private let connections = Connections()
  private let keys: TokenKeys
  private let client = OutsideRequests.client()
  private let log: EventLog
  private let metrics = Metrics()
  private let authLog = AuthLog()
  private let clock = ServerClock()
  private let logger: Logger

  init(settings: Settings, servingURL: String, logger: Logger) throws {
    self.logger = logger
    let metrics = self.metrics
    let clock = self.clock
    let authLog = self.authLog
    let pool = PostgresPool(
      settings.database.pool(servingURL), observer: DatabaseWatch(metrics: metrics, logger: logger).observer)
    let enginePool = PostgresPool(settings.database.enginePool(servingURL))
    self.pool = pool
    self.enginePool = enginePool
    hasher = try PasswordHasher(common: Binary.commonPasswords())
    let keys = TokenKeys(pool: pool, secrets: settings.keyRing)
    let tokens = AccessTokens(
      keys: keys, issuer: settings.publicURL ?? "ward", lifetimeSeconds: settings.accessTokenSeconds)
    self.keys = keys
    let http = OutsideRequests.using(client)
    let providers = Providers(settings.outside.providers, publicURL: settings.publicURL ?? "", http: http)
    let issuers = ForeignIssuers(settings.outside.issuers, http: http)
    let cache = BearerCache(pool: pool, tokens: tokens, issuers: issuers, secrets: settings.keyRing, clock: clock)
    let notices = Notices(pool: pool, isOn: settings.notices, logger: logger)
    let executor = Executor(
      registry: Self.registry(
        connections, tokens, settings.outside.plugins(providers),
        isDevelopment: settings.environment == .development),
      pool: pool, authenticator: cache.authenticator,
      passwords: hasher.passwords, secrets: settings.keyRing,
      limiter: RateLimiter(isOn: settings.rateLimits, pool: pool, logger: logger),
      clock: clock,
      observer: ExecutorObserver(
        finished: { operation, code, duration in
          metrics.count("ward_calls_total", ["operation": operation, "code": code?.rawValue ?? "OK"])
          metrics.observe("ward_call_seconds", seconds: duration / .seconds(1), ["operation": operation])
        }, committed: { notices.committed($0) },
        authenticated: authLog.listener(clock, isOn: settings.authLog)), logger: logger)
    log = EventLog(pool: pool)
    let bridge = SocketBridge(
      executor: executor, log: log, places: SocketPlaces(pool: pool, logger: logger))
    hub = SocketHub(
      eventLoops: Array(MultiThreadedEventLoopGroup.singleton.makeIterator()), handlers: bridge.handlers,
      limits: settings.sockets.limits, clock: SocketClock(calendar: { clock.now }))
    connections.connect(hub)
    dispatcher = Dispatcher(log: log, hub: hub, enginePool: enginePool, logger: logger)
    engine = EscalationEngine(
      executor: executor, enginePool: enginePool, logger: logger,
      escalated: { metrics.count("ward_escalations_total", by: Double($0)) })
    smtp = settings.mail.transport
    let post = settings.post(over: smtp, enginePool: enginePool)
    if post == nil { logger.warning("WARD_SMTP_URL is not set: letters wait until it is") }
    jobs = JobEngine(
      enginePool: enginePool, secrets: settings.keyRing, handlers: post?.handlers ?? [], logger: logger,
      finished: { metrics.count("ward_jobs_total", ["kind": $0, "outcome": $1]) })
    notices.connect(dispatcher, engine, jobs)
    var directSettings = settings.database.pool(settings.database.directURL ?? servingURL)
    directSettings.minimum = 0
    directSettings.maximum = 1
    let listenPool = settings.database.directURL == nil ? pool : PostgresPool(directSettings)
    listening = Listening(
      pool: listenPool, cache: cache, notices: notices, log: log, bridge: bridge, hub: hub, clock: clock)
    housekeeping = Housekeeping(
      executor: executor, enginePool: enginePool, bridge: bridge, hub: hub, keys: keys, jobs: jobs, logger: logger)
    self.executor = executor
    self.notices = notices
  }

  /// The same for whoever only wants to read what there is: nothing is opened.
  static var described: Registry {
    let pool = PostgresPool(PostgresConfiguration(url: ""))
    let keys = TokenKeys(pool: pool, secrets: KeyRing(newest: ""))
    return registry(
      Connections(), AccessTokens(keys: keys, issuer: "ward", lifetimeSeconds: 0),
      AuthPlugins())
  }

  /// Patients and alerts do not know each other: here they meet.
  private static let patientAlarms = PatientAlarms(
    raise: { call, alarm in
      try await PatientAlerts.raise(
        &call, patient: alarm.patient, room: alarm.room, department: alarm.department, urgency: alarm.urgency,
        words: alarm.words)
    }, resolve: { call, patient in try await PatientAlerts.resolve(of: patient, &call) })

  /// Nor do duty and alerts.
  private static let openWork = OpenWork(
    alerts: { call, person in
      try await LeavingAlerts.open(with: person, &call).map {
        OpenWork.Alert(id: $0.id, isCritical: $0.isCritical, isOwn: $0.isOwn)
      }
    }, takeOver: { call, alerts, giver in try await LeavingAlerts.takeOver(alerts, from: giver, &call) })

  /// Everything that a client can do.
  static func registry(
    _ connections: Connections, _ tokens: AccessTokens, _ plugins: AuthPlugins,
    isDevelopment: Bool = true
  ) -> Registry {
    var registry = Registry()
    registry.registerIdentity(tokens, plugins)
    registry.registerTenancy(openWork)
    registry.registerNotifications(isDevelopment: isDevelopment)
    registry.registerAlerts()
    registry.registerPatients(patientAlarms)
    registry.registerImports([StaffImport(), RoomImport(), PatientImport()])
    registry.registerRealtime(connections)
    return registry
  }

  func open() async throws {
    try await pool.start()
    try await enginePool.start()
    _ = try await enginePool.run("SELECT ward.make_audit_partitions()")
    guard let row = try await pool.run("SELECT ward.now() AS now").first else { throw Failure.internalFault }
    clock.synchronise(with: try row.decode("now"))
    try await keys.rotate()
    describeMetrics()
  }

  func close() async {
    await executor.close()
    authLog.close()
    do { try await hasher.close() } catch { logger.warning("hashing threads did not stop") }
    do { try await client.shutdown() } catch { logger.warning("the client of outside requests did not stop") }
    do { try await smtp?.close() } catch { logger.warning("mail threads did not stop") }
    await enginePool.close()
    await pool.close()
  }

  func site(settings: Settings) -> Site {
    var options = Site.Options()
    options.version = Binary.version
    options.isProduction = settings.environment == .production
    options.publicHost = settings.publicURL.flatMap { URL(string: $0)?.host() }
    options.allowedOrigins = settings.publicURL.map { [$0] } ?? []
    let pool = self.pool
    let hub = self.hub
    let site = Site(
      executor: executor, log: log, streams: connections.streams, metrics: metrics,
      documents: ["/.well-known/jwks.json": { [keys] in try await keys.published() }],
      health: Health(database: { await pool.probe() }, figures: { Self.figures(pool, hub) }), console: Binary.console(),
      options: options, logger: logger)
    metrics.gauge("ward_event_streams", "Open event streams.") { Double(site.openStreams) }
    return site
  }

  private static func figures(_ pool: PostgresPool, _ hub: SocketHub) -> [String: JSONValue] {
    let pool = pool.statistics
    return [
      "pool": [
        "minimum": .integer(Int64(pool.minimum)), "maximum": .integer(Int64(pool.maximum)),
        "open": .integer(Int64(pool.open)), "idle": .integer(Int64(pool.idle)), "busy": .integer(Int64(pool.busy)),
        "waiting": .integer(Int64(pool.waiting)), "connectTimeoutSeconds": .number(pool.connectTimeoutSeconds),
        "acquireTimeoutSeconds": .number(pool.acquireTimeoutSeconds),
        "idleTimeoutSeconds": .number(pool.idleTimeoutSeconds),
        "startTimeoutSeconds": .number(pool.startTimeoutSeconds),
      ], "sockets": .integer(Int64(hub.count)),
    ]
  }

  private func describeMetrics() {
    let pool = self.pool
    let hub = self.hub
    metrics.describe("ward_calls_total", "Calls by operation and code.")
    metrics.describe("ward_call_seconds", "Duration of calls by operation.")
    metrics.describe("ward_escalations_total", "Tiers that alerts rose by themselves.")
    metrics.describe("ward_database_statements_total", "Statements sent to PostgreSQL.")
    metrics.describe("ward_jobs_total", "Jobs by kind and outcome.")
    metrics.count("ward_escalations_total", by: 0)
    metrics.gauge("ward_pool_open", "Open database connections.") { Double(pool.statistics.open) }
    metrics.gauge("ward_pool_busy", "Database connections in use.") { Double(pool.statistics.busy) }
    metrics.gauge("ward_pool_waiting", "Callers waiting for a database connection.") { Double(pool.statistics.waiting) }
    metrics.gauge("ward_sockets", "Open sockets.") { Double(hub.count) }
  }
}
