import Core
import HTTPTypes
import HummingbirdCore
import NIOCore
import Operations

/// `/api/trpc/<router>.<procedure>`: the wire protocol of tRPC 11, single and batched, over the same registry.
struct TRPCHandler: Sendable {
  private static let batchLimit = 20
  private let executor: Executor
  private let subscriptions: TRPCSubscriptions

  init(executor: Executor, streams: OpenStreams) {
    self.executor = executor
    subscriptions = TRPCSubscriptions(streams: streams)
  }

  private struct Outcome {
    let body: ByteBuffer
    let status: Int
    let headers: HTTPFields
  }

  /// `path` is the comma-joined list of names.
  func respond(_ exchange: Exchange, path: String) async throws(Failure) -> Reply {
    let query = try QueryString(exchange.query)
    let isBatch = query["batch"] == "1"
    guard let decoded = PercentEncoding.decode(path) else {
      throw Failure(.badRequest, "The path is not valid percent-encoded UTF-8.")
    }
    let names = isBatch ? decoded.split(separator: ",", omittingEmptySubsequences: false).map(String.init) : [decoded]
    guard names.count <= Self.batchLimit else {
      return single(Self.failed(Failure(.badRequest, "A batch holds at most \(Self.batchLimit) calls."), path: decoded))
    }
    if let subscription = executor.registry.subscription(named: decoded) {
      do throws(Failure) {
        guard !isBatch else { throw Failure(.badRequest, "A subscription is not called in a batch.") }
        return try await subscriptions.respond(subscription, exchange, query)
      } catch {
        return single(Self.failed(error, path: decoded))
      }
    }
    let inputs = Result { () throws(Failure) in try Self.inputs(exchange, query) }
    var outcomes: [Outcome] = []
    for (index, name) in names.enumerated() {
      let input = inputs.map { all -> JSONValue in
        let one = isBatch ? all?[String(index)] : all
        return one.map { $0 == .null ? .object([]) : $0 } ?? .object([])
      }
      outcomes.append(await call(name, input: input, exchange, query))
    }
    return isBatch ? batch(outcomes) : single(outcomes[0])
  }

  /// The `input` of a GET, the body of a POST.
  private static func inputs(_ exchange: Exchange, _ query: QueryString) throws(Failure) -> JSONValue? {
    guard exchange.method == .get else { return try InputReading.body(exchange) }
    return try query["input"].map { text throws(Failure) in try InputReading.parse(text.utf8) }
  }

  private func call(
    _ name: String, input: Result<JSONValue, Failure>, _ exchange: Exchange, _ query: QueryString
  ) async -> Outcome {
    do {
      guard let operation = executor.registry.named(name) else {
        throw Failure(.notFound, "No procedure found on path \"\(name.prefix(100))\".")
      }
      let isWrite = operation.contract.isPosted
      guard exchange.method == (isWrite ? .post : .get) else {
        throw Failure(
          .methodNotAllowed, "A \(isWrite ? "mutation" : "query") is called by \(isWrite ? "POST" : "GET").")
      }
      let (credentials, input) = TRPCTenant.take(from: input, for: operation.input, exchange.credentials(query))
      let answer = try await executor.call(
        operation, input: input, credentials: credentials,
        origin: exchange.origin,
        idempotencyKey: operation.contract.mode == .write ? exchange.headers[.idempotencyKey] : nil)
      return Outcome(body: try Self.result(answer), status: 200, headers: Responses.cookie(for: answer))
    } catch let failure as Failure {
      return Self.failed(failure, path: name)
    } catch {
      return Self.failed(.internalFault, path: name)
    }
  }

  /// `{"result":{"data":…}}`; a page of a list is `{"items":[…],"page":{…}}`.
  private static func result(_ answer: any Answer) throws -> ByteBuffer {
    var body = ByteBuffer()
    body.writeStaticString("{\"result\":{\"data\":")
    if let page = answer.page {
      body.writeStaticString("{\"items\":")
      try answer.write(into: &body)
      body.writeStaticString(",\"page\":")
      body.writeJSON(page.json)
      body.writeStaticString("}")
    } else {
      try answer.write(into: &body)
    }
    body.writeStaticString("}}")
    return body
  }

  /// tRPC's error shape.
  static func shape(of failure: Failure, path: String) -> JSONValue {
    [
      "message": .string(failure.message), "code": .integer(Int64(failure.code.trpcNumber)),
      "data": .object(
        [
          .init("code", .string(failure.code.trpcName)), .init("httpStatus", .integer(Int64(failure.code.status))),
          .init("path", .string(String(path.prefix(200)))),
        ] + failure.details.sorted { $0.key < $1.key }.map { .init($0.key, $0.value) }),
    ]
  }

  private static func failed(_ failure: Failure, path: String) -> Outcome {
    var body = ByteBuffer()
    body.writeJSON(["error": shape(of: failure, path: path)])
    let headers: HTTPFields = failure.retryAfterSeconds.map { [.retryAfter: String($0)] } ?? [:]
    return Outcome(body: body, status: failure.code.status, headers: headers)
  }

  private func single(_ outcome: Outcome) -> Reply {
    Responses.json(.init(integerLiteral: outcome.status), outcome.body, outcome.headers)
  }

  /// An array in the order of the calls; 207 when they do not all have the same status.
  private func batch(_ outcomes: [Outcome]) -> Reply {
    var body = ByteBuffer()
    body.writeStaticString("[")
    var headers: HTTPFields = [:]
    for (index, outcome) in outcomes.enumerated() {
      if index > 0 { body.writeStaticString(",") }
      body.writeImmutableBuffer(outcome.body)
      headers.append(contentsOf: outcome.headers)
    }
    body.writeStaticString("]")
    let statuses = Set(outcomes.map(\.status))
    return Responses.json(.init(integerLiteral: statuses.count == 1 ? outcomes[0].status : 207), body, headers)
  }
}
