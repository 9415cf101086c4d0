import Core
import HTTPTypes
import HummingbirdCore
import NIOCore
import Operations

/// The shapes of answers that every part of the gateway gives.
enum Responses {
  static func json(_ status: HTTPResponse.Status, _ body: ByteBuffer, _ extra: HTTPFields = [:]) -> Reply {
    var headers = extra
    headers[.contentType] = "application/json"
    headers[.cacheControl] = "no-store"
    return Reply(status: status, headers: headers, content: .bytes(body))
  }

  static func json(_ status: HTTPResponse.Status, _ value: JSONValue, _ extra: HTTPFields = [:]) -> Reply {
    var body = ByteBuffer()
    body.writeJSON(value)
    return json(status, body, extra)
  }

  /// `{"error": …, "code": …, "details": {…}}`.
  static func failure(_ failure: Failure, _ extra: HTTPFields = [:]) -> Reply {
    var headers = extra
    if let seconds = failure.retryAfterSeconds { headers[.retryAfter] = String(seconds) }
    return json(.init(integerLiteral: failure.code.status), body(of: failure), headers)
  }

  static func body(of failure: Failure) -> JSONValue {
    let details = failure.details.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, $0.value) }
    return ["error": .string(failure.message), "code": .string(failure.code.rawValue), "details": .object(details)]
  }

  static func cookie(for answer: any Answer) -> HTTPFields {
    var fields: HTTPFields = [:]
    switch answer.session {
    case .begins(let token, let seconds):
      fields.append(.init(name: .setCookie, value: SessionCookie.begins(token, seconds: seconds)))
    case .ends: fields.append(.init(name: .setCookie, value: SessionCookie.ends))
    case nil: break
    }
    for cookie in answer.cookies {
      let text = SessionCookie.text(
        cookie.name.rawValue, cookie.value ?? "", seconds: cookie.value == nil ? 0 : cookie.seconds)
      fields.append(.init(name: .setCookie, value: text))
    }
    return fields
  }

  static func text(_ status: HTTPResponse.Status, _ body: ByteBuffer, type: String) -> Reply {
    Reply(
      status: status, headers: [.contentType: type, .cacheControl: "no-store"], content: .bytes(body))
  }
}
