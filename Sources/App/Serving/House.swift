import Alerts
import AsyncHTTPClient
import Billing
import Broker
import Cache
import Consultations
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
import Scheduling
import Secrets
import Telemetry
import Tenancy

/// All parts of a running Ward, made once and wired to each other.
struct House: Sendable {
  let pool: PostgresPool
  let enginePool: PostgresPool
  /// Jobs that page people about alerts are claimed over these connections alone.
  let alertingPool: PostgresPool
  let hasher: PasswordHasher
  let executor: Executor
  let hub: SocketHub
  let notices: Notices
  let listening: Listening
  let housekeeping: Housekeeping
  let dispatcher: Dispatcher
  let engine: EscalationEngine
  let jobs: JobEngine
  let webhooks: WebhookEngine
  let queueWatch: QueueWatch
  let watch: SelfWatch?
  private let broker: BrokeredTransport?
  private let brokerDesk = BrokerDesk()
  let presence: PresenceTeller
  private let caching: Caching
  private let pages: OutsidePages
  private let delivering: Delivering
  private let connections = Connections()
  let board = QueueBoard()
  private let keys: TokenKeys
  private let client = OutsideRequests.client()
  private let log: EventLog
  private let metrics = Metrics()
  private let authLog = AuthLog()
  private let clock = ServerClock()
  private let logger: Logger

  init(settings: Settings, servingURL: String, kind: String = "serve", logger: Logger) throws {
    self.logger = logger
    let metrics = self.metrics
    let clock = self.clock
    let authLog = self.authLog
    let pool = PostgresPool(
      settings.database.pool(servingURL), observer: DatabaseWatch(metrics: metrics, logger: logger).observer)
    let enginePool = PostgresPool(settings.database.enginePool(servingURL))
    self.pool = pool
    self.enginePool = enginePool
    alertingPool = PostgresPool(settings.database.alertingPool(servingURL))
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
    let channelDesk = ChannelDesk()
    let caching = Caching(
      settings.cache, secrets: settings.keyRing, pool: pool, clock: clock, metrics: metrics, logger: logger)
    self.caching = caching
    let senders = CodeSenders()
    let paying = Paying(settings.payments, client: client)
    let executor = Executor(
      registry: Self.registry(
        connections, tokens, board, settings.outside.plugins(providers), channelDesk,
        isDevelopment: settings.environment == .development,
        cache: CacheFigures { caching.figures }, webhooks: settings.channels.webhookRules,
        broker: brokerDesk, services: settings.channels.services, senders: senders, payments: paying.services,
        video: VideoVisits(settings.video.service?.provider)),
      pool: pool, authenticator: cache.authenticator,
      passwords: hasher.passwords, secrets: settings.keyRing,
      limiter: RateLimiter(isOn: settings.rateLimits, pool: pool, redis: caching.redis, logger: logger),
      answers: caching.answers, clock: clock,
      observer: ExecutorObserver(
        finished: { operation, code, duration in
          metrics.count("ward_calls_total", ["operation": operation, "code": code?.rawValue ?? "OK"])
          metrics.observe("ward_call_seconds", seconds: duration / .seconds(1), ["operation": operation])
        }, committed: { notices.committed($0) },
        authenticated: authLog.listener(clock, isOn: settings.authLog)), logger: logger)
    log = EventLog(pool: pool)
    let bridge = SocketBridge(
      executor: executor, log: log, places: SocketPlaces(pool: pool, logger: logger),
      changes: connections.changes, keepers: [.departments] + Care.lines)
    hub = SocketHub(
      eventLoops: Array(MultiThreadedEventLoopGroup.singleton.makeIterator()), handlers: bridge.handlers,
      limits: settings.sockets.limits, clock: SocketClock(calendar: { clock.now }))
    let presences = PresenceBoard(
      pool: pool, redis: caching.redis, sealing: AnswerCache.sealing(settings.keyRing), clock: clock, logger: logger)
    connections.connect(hub, board: presences)
    presence = PresenceTeller(connections: connections, board: presences)
    dispatcher = Dispatcher(log: log, hub: hub, enginePool: enginePool, logger: logger)
    engine = EscalationEngine(
      executor: executor, enginePool: enginePool, logger: logger,
      escalated: { metrics.count("ward_escalations_total", by: Double($0)) })
    let tenantCalls = GuardedRequests.ofTenants(allowsPrivate: settings.channels.allowsPrivate)
    webhooks = WebhookEngine(executor: executor, enginePool: enginePool, calls: tenantCalls, logger: logger)
    let ways = Ways(settings, executor: executor, client: client, tenantCalls: tenantCalls)
    ways.connect(senders)
    let delivering = Delivering(settings, enginePool: enginePool, ways: ways, logger: logger)
    self.delivering = delivering
    channelDesk.connect(delivering.channels)
    if !delivering.hasPost { logger.warning("WARD_SMTP_URL is not set: letters wait until it is") }
    pages = ways.pages(delivering.outcomes(), settings.linkURL, paying.page(executor, logger), logger: logger)
      .with(Care.pages(executor))
    let handlers =
      Drills.handlers + Tidying(enginePool: enginePool, keep: settings.retention).handlers
      + delivering.handlers(executor) + Care.handlers + paying.handlers(executor, enginePool: enginePool)
      + [WebhookRedelivery(executor: executor, calls: tenantCalls).handler]
      + [ways.pushReceipts(delivering.outcomes()).handler]
    broker = BrokeredTransport(settings.broker, pool: enginePool, metrics: metrics, logger: logger)
    brokerDesk.connect(broker?.client)
    jobs = JobEngine(
      kind: kind, pool: enginePool, apart: alertingPool, executor: executor, handlers: handlers,
      periodic: Tidying.periodic + Care.periodic, transport: broker, logger: logger,
      finished: { metrics.count("ward_jobs_total", ["kind": $0, "outcome": $1]) })
    board.connect(enginePool)
    queueWatch = QueueWatch(board: board, hub: hub, logger: logger)
    watch =
      settings.watch.isOn
      ? SelfWatch(
        executor: executor, enginePool: enginePool, log: log, hub: hub, clock: clock,
        interval: settings.watch.intervalSeconds, tellOthers: { notices.tell($0) }, logger: logger) : nil
    notices.connect(dispatcher, engine, jobs, webhooks, watch)
    var directSettings = settings.database.pool(settings.database.directURL ?? servingURL)
    directSettings.minimum = 0
    directSettings.maximum = 1
    let listenPool = settings.database.directURL == nil ? pool : PostgresPool(directSettings)
    listening = Listening(
      pool: listenPool, cache: cache, versions: caching.answers.versions, notices: notices, log: log, bridge: bridge,
      hub: hub, clock: clock)
    housekeeping = Housekeeping(
      executor: executor, enginePool: enginePool, bridge: bridge, hub: hub, keys: keys, logger: logger)
    self.executor = executor
    self.notices = notices
  }

  /// The same for whoever only wants to read what there is: nothing is opened.
  static var described: Registry {
    let pool = PostgresPool(PostgresConfiguration(url: ""))
    let keys = TokenKeys(pool: pool, secrets: KeyRing(newest: ""))
    return registry(
      Connections(), AccessTokens(keys: keys, issuer: "ward", lifetimeSeconds: 0), QueueBoard(),
      AuthPlugins(), ChannelDesk())
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
    _ connections: Connections, _ tokens: AccessTokens, _ board: QueueBoard, _ plugins: AuthPlugins,
    _ channels: ChannelDesk,
    isDevelopment: Bool = true, cache: CacheFigures = CacheFigures { [:] },
    webhooks: WebhookRules = WebhookRules(allowsPrivate: false), broker: BrokerDesk = BrokerDesk(),
    services: PlatformServices = PlatformServices(), senders: CodeSenders = CodeSenders(),
    payments: PaymentServices = PaymentServices(nil), video: VideoVisits = VideoVisits(nil)
  ) -> Registry {
    var registry = Registry()
    registry.registerIdentity(tokens, plugins, senders)
    registry.registerTenancy(openWork)
    registry.registerNotifications(Delivering.patients, channels, isDevelopment: isDevelopment)
    registry.registerWebhooks(webhooks)
    registry.registerJobs(board)
    registry.registerChannels(services)
    registry.registerAlerts()
    registry.registerPatients(patientAlarms)
    Care.register(in: &registry, payments, video)
    registry.registerImports([StaffImport(), RoomImport(), PatientImport(), AppointmentImport()])
    registry.registerRealtime(connections)
    registry.registerCache(cache)
    registry.register(ShowBroker.self, with: broker)
    return registry
  }

  func open() async throws {
    try await pool.start()
    try await enginePool.start()
    try await alertingPool.start()
    _ = try await enginePool.run(["SELECT ward.make_audit_partitions()", "SELECT ward.make_appointment_partitions()"])
    try await jobs.tidy()
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
    do { try await delivering.close() } catch { logger.warning("mail threads did not stop") }
    await alertingPool.close()
    await caching.close()
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
    let caching = self.caching
    let site = Site(
      executor: executor, log: log, streams: connections.streams, metrics: metrics,
      documents: ["/.well-known/jwks.json": { [keys] in try await keys.published() }],
      health: Health(
        database: { await pool.probe() }, parts: { [watch, broker] in Self.parts(watch, broker, caching.redis) },
        figures: { Self.figures(pool, hub).merging(["cache": caching.report]) { $1 } }
      ),
      pages: pages, console: Binary.console(),
      options: options, logger: logger)
    metrics.gauge("ward_event_streams", "Open event streams.") { Double(site.openStreams) }
    return site
  }

  private func describeMetrics() {
    caching.describeMetrics()
    let pool = self.pool
    let hub = self.hub
    metrics.describe("ward_calls_total", "Calls by operation and code.")
    metrics.describe("ward_call_seconds", "Duration of calls by operation.")
    metrics.describe("ward_escalations_total", "Tiers that alerts rose by themselves.")
    metrics.describe("ward_database_statements_total", "Statements sent to PostgreSQL.")
    metrics.describe("ward_jobs_total", "Jobs by kind and outcome.")
    metrics.count("ward_escalations_total", by: 0)
    let board = self.board
    for (name, help, number) in QueueWatch.gauges {
      metrics.gauges(name, help, by: "queue") { board.known.map { ($0.queue.name, Double(number($0))) } }
    }
    metrics.gauge("ward_pool_open", "Open database connections.") { Double(pool.statistics.open) }
    metrics.gauge("ward_pool_busy", "Database connections in use.") { Double(pool.statistics.busy) }
    metrics.gauge("ward_pool_waiting", "Callers waiting for a database connection.") { Double(pool.statistics.waiting) }
    metrics.gauge("ward_sockets", "Open sockets.") { Double(hub.count) }
  }
}
