package import Core
import HTTPTypes
package import HummingbirdCore
package import Logging
import NIOCore
package import Operations
package import Realtime
package import Telemetry

/// Everything that is served over HTTP: the API in both tongues, the event stream, the console, health and metrics.
package struct Site: Sendable {
  package struct Options: Sendable {
    /// Host name of `WARD_PUBLIC_URL`, under which a subdomain names a hospital.
    package var publicHost: String?
    /// Origins that may call from a browser; `*` only in development.
    package var allowedOrigins: Set<String> = []
    package var isProduction = false
    package var version = "0"

    package init() {}
  }

  let executor: Executor
  let streams: OpenStreams
  let metrics: Metrics
  let health: Health
  let options: Options
  /// What is published at an address of its own, outside the API.
  private let documents: [String: @Sendable () async throws -> JSONValue]
  private let pages: OutsidePages
  private let files: StaticFiles
  private let rest: RESTHandler
  private let trpc: TRPCHandler
  private let openAPI: OpenAPI
  private let logger: Logger

  package init(
    executor: Executor, log: EventLog, streams count: StreamCount, metrics: Metrics,
    documents: [String: @Sendable () async throws -> JSONValue] = [:], health: Health,
    pages: OutsidePages = OutsidePages(), console: [StaticFile], options: Options,
    logger: Logger
  ) {
    self.executor = executor
    self.metrics = metrics
    self.documents = documents
    self.pages = pages
    self.health = health
    self.options = options
    self.logger = logger
    streams = OpenStreams(executor: executor, log: log, count: count)
    files = StaticFiles(console)
    rest = RESTHandler(executor: executor)
    trpc = TRPCHandler(executor: executor, streams: streams)
    openAPI = OpenAPI(executor.registry, version: options.version)
  }

  /// Open event streams, for metrics.
  package var openStreams: Int { streams.count.count }

  package func respond(_ request: Request, _ source: RequestSource) async -> Response {
    let requestID = RequestID.accepted(request.headers[.requestID])
    var response: Reply
    do {
      var request = request
      let body = try await request.collectBody(upTo: 1 << 20)
      let exchange = Exchange(
        request, body: body, source: source, requestID: requestID, baseHost: options.publicHost)
      response = await answer(exchange)
      finish(&response, exchange)
    } catch {
      response = Responses.failure(Failure(.payloadTooLarge, "The body is larger than 1 MiB."))
    }
    response.headers[.requestID] = requestID
    return response.response
  }

  private func answer(_ exchange: Exchange) async -> Reply {
    if exchange.method == .options, let preflight = CORS.preflight(exchange, options) { return preflight }
    do {
      try exchange.checkSite(options.allowedOrigins)
      return try await route(exchange)
    } catch {
      return Responses.failure(error)
    }
  }

  private func route(_ exchange: Exchange) async throws(Failure) -> Reply {
    let path = exchange.path
    if path == "/api/v1/events" { return try await events(exchange) }
    if path.hasPrefix("/api/v1/") { return try await rest.respond(exchange, path: String(path.dropFirst(7))) }
    // The addresses of identity that the world outside knows, such as `/api/auth/sign-up`, are not versioned.
    if path.hasPrefix("/api/auth/") { return try await rest.respond(exchange, path: String(path.dropFirst(4))) }
    if path.hasPrefix("/api/trpc/") { return try await trpc.respond(exchange, path: String(path.dropFirst(10))) }
    if let reply = try await pages.reply(exchange) { return reply }
    guard exchange.method == .get || exchange.method == .head else {
      guard !path.hasPrefix("/api/") || path == "/api/openapi.json" else {
        throw Failure(.notFound, "There is nothing at this address.")
      }
      return Responses.failure(Failure(.methodNotAllowed, "This address takes GET."), [.allow: "GET, HEAD"])
    }
    switch path {
    case "/api/openapi.json": return openAPI.reply
    case "/health": return await health.basic(options.version, clock: executor.clock)
    case "/health/detailed": return try await detailedHealth(exchange)
    case "/health/api": return await health.api(executor.registry, clock: executor.clock)
    case "/metrics": return prometheus()
    case "/queue/metrics": return try await rest.respond(exchange, path: "/queue-metrics")
    case "/queue-dashboard": return try await dashboard(exchange)
    default:
      if let document = documents[path] { return try await published(document) }
      guard !path.hasPrefix("/api/"), let file = files.response(exchange) else {
        throw Failure(.notFound, "There is nothing at this address.")
      }
      return file
    }
  }

  private func published(_ document: @Sendable () async throws -> JSONValue) async throws(Failure) -> Reply {
    do {
      var reply = Responses.json(.ok, try await document())
      reply.headers[.cacheControl] = "public, max-age=300"
      return reply
    } catch {
      throw Failure(.unavailable, "This cannot be told just now.", retryAfterSeconds: 1)
    }
  }

  private func detailedHealth(_ exchange: Exchange) async throws(Failure) -> Reply {
    try await admitToSystem(exchange)
    return await health.detailed(options.version, clock: executor.clock)
  }

  /// The console's page of the queues, for who may see them. A browser gets the console with a refusal, too: it asks
  /// whoever has not signed in to do so, at the same address, and tells everybody else that the page is not for him.
  private func dashboard(_ exchange: Exchange) async throws(Failure) -> Reply {
    do {
      try await admitToSystem(exchange)
    } catch  where (exchange.headers[.accept] ?? "").contains("text/html") {
      guard error.code == .unauthorized || error.code == .forbidden else { throw error }
      return files.console(refusing: error)
    }
    guard let page = files.response(exchange) else { throw Failure(.notFound, "There is nothing at this address.") }
    return page
  }

  private func admitToSystem(_ exchange: Exchange) async throws(Failure) {
    let caller = try await executor.authenticate(
      exchange.credentials(try QueryString(exchange.query)), origin: exchange.origin)
    guard let caller else { throw .signInFirst }
    guard caller.permissions.contains(.viewSystem) else {
      throw Failure(
        .forbidden, "You are not allowed to do this.",
        details: [
          "requiredPermission": .string(Permission.viewSystem.rawValue),
          "userPermissions": .array(caller.permissions.list.map { .string($0.rawValue) }),
        ])
    }
  }

  private func prometheus() -> Reply {
    var body = ByteBuffer()
    metrics.write(into: &body)
    return Responses.text(.ok, body, type: "text/plain; version=0.0.4; charset=utf-8")
  }

  /// Headers that every answer has, and gzip where the client takes it.
  private func finish(_ response: inout Reply, _ exchange: Exchange) {
    SecurityHeaders.add(to: &response.headers, isSecure: exchange.isSecure)
    CORS.add(to: &response.headers, exchange, options)
    Compression.apply(to: &response, exchange)
  }
}
