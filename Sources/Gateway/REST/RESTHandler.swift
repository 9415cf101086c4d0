import Core
import HTTPTypes
import HummingbirdCore
import NIOCore
import Operations

/// `/api/v1/…`: nouns and verbs over the registry.
struct RESTHandler: Sendable {
  private let executor: Executor
  private let routes: Routes

  init(executor: Executor) {
    self.executor = executor
    routes = Routes(executor.registry)
  }

  func respond(_ exchange: Exchange, path: String) async throws(Failure) -> Reply {
    // HEAD is GET whose body stays at home (RFC 9110, 9.3.2); the connection leaves it out.
    let method = exchange.method == .head ? HTTPRequest.Method.get : exchange.method
    switch routes.match(method.rawValue, path) {
    case .none: throw Failure(.notFound, "There is nothing at this address.")
    case .otherMethod(let allowed):
      let allowed = allowed.contains("GET") ? (allowed + ["HEAD"]).sorted() : allowed
      let failure = Failure(.methodNotAllowed, "This address takes \(allowed.joined(separator: ", ")).")
      return Responses.failure(failure, [.allow: allowed.joined(separator: ", ")])
    case .found(let operation, let parameters):
      do {
        return try await call(operation, parameters, exchange)
      } catch  where operation.redirectsBrowsers && exchange.wantsPage {
        // Nobody looks at JSON who came back from another site's page.
        return Self.seeOther("/?problem=\(error.code.rawValue)")
      }
    }
  }

  private func call(
    _ operation: RegisteredOperation, _ parameters: [(String, String)], _ exchange: Exchange
  ) async throws(Failure) -> Reply {
    let query = try QueryString(exchange.query)
    let input = Result<JSONValue, Failure> { () throws(Failure) in
      try InputReading.input(of: operation, parameters: parameters, query: query, exchange: exchange)
    }
    let answer = try await executor.call(
      operation, input: input, credentials: exchange.credentials(query), origin: exchange.origin,
      idempotencyKey: operation.contract.mode == .write ? exchange.headers[.idempotencyKey] : nil)
    var headers = Responses.cookie(for: answer)
    if answer is Replayed { headers[.replayed] = "true" }
    if let location = answer.redirect, exchange.wantsPage { return Self.seeOther(location, headers) }
    return Responses.json(
      .init(integerLiteral: operation.contract.route.status), try Self.envelope(answer, operation.contract), headers)
  }

  private static func seeOther(_ location: String, _ headers: HTTPFields = [:]) -> Reply {
    var headers = headers
    headers[.location] = location
    headers[.cacheControl] = "no-store"
    return Reply(status: .seeOther, headers: headers, content: .bytes(ByteBuffer()))
  }

  /// `{"data": …, "message": …}`, for a page of a list also `"page"`.
  private static func envelope(_ answer: any Answer, _ contract: Contract) throws(Failure) -> ByteBuffer {
    var body = ByteBuffer()
    body.writeStaticString("{\"data\":")
    do { try answer.write(into: &body) } catch { throw .internalFault }
    if let page = answer.page {
      body.writeStaticString(",\"page\":")
      body.writeJSON(page.json)
    }
    body.writeStaticString(",\"message\":")
    body.writeJSONString(contract.message)
    body.writeStaticString("}")
    return body
  }
}
