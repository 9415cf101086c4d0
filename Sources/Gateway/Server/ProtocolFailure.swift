import HTTPTypes
import NIOCore
import NIOHTTP1

/// A request that is refused before anybody sees it. Each closes the connection after one complete answer.
enum ProtocolFailure: Sendable, Equatable {
  case malformed(String)
  case targetTooLong
  case headersTooLarge
  case bodyTooLarge
  case tooSlow

  /// What the parser's error means; `inTarget` tells that it was still reading the request line.
  init(_ error: HTTPParserError, inTarget: Bool) {
    switch error {
    case .headerOverflow: self = inTarget ? .targetTooLong : .headersTooLarge
    default: self = .malformed("The request is not valid HTTP.")
    }
  }

  /// What is wrong with a head that the parser accepted.
  static func check(_ head: HTTPRequestHead, limits: ServerLimits) -> ProtocolFailure? {
    if head.uri.utf8.count > limits.targetBytes { return .targetTooLong }
    var total = 0
    var hosts = 0
    var lengths = 0
    var isChunked = false
    for (name, value) in head.headers {
      total += name.utf8.count + value.utf8.count + 4
      switch name.utf8.count {
      case 4 where name.lowercased() == "host": hosts += 1
      case 14 where name.lowercased() == "content-length": lengths += 1
      case 17 where name.lowercased() == "transfer-encoding": isChunked = true
      default: break
      }
    }
    if total > limits.headerBytes { return .headersTooLarge }
    if lengths > 1 || (lengths == 1 && isChunked) {
      // Two readers could disagree where the request ends.
      return .malformed("Content-Length and Transfer-Encoding contradict each other.")
    }
    if hosts > 1 || (hosts == 0 && head.version == .http1_1) { return .malformed("One Host header is needed.") }
    if let length = head.headers.first(name: "content-length") {
      guard let bytes = Int(length) else { return .bodyTooLarge }
      if bytes > limits.bodyBytes { return .bodyTooLarge }
    }
    return nil
  }

  var status: HTTPResponse.Status {
    switch self {
    case .malformed: .badRequest
    case .targetTooLong: .uriTooLong
    case .headersTooLarge: .requestHeaderFieldsTooLarge
    case .bodyTooLarge: .contentTooLarge
    case .tooSlow: .requestTimeout
    }
  }

  var body: ByteBuffer {
    switch self {
    case .malformed(let message): ErrorBody.make(message, code: "BAD_REQUEST")
    case .targetTooLong: ErrorBody.make("The request target is too long.", code: "URI_TOO_LONG")
    case .headersTooLarge: ErrorBody.make("The request headers are too large.", code: "HEADERS_TOO_LARGE")
    case .bodyTooLarge: ErrorBody.make("The request body is too large.", code: "PAYLOAD_TOO_LARGE")
    case .tooSlow: ErrorBody.make("The request took too long to arrive.", code: "TIMEOUT")
    }
  }
}

/// The error envelope for answers that no operation gave. Messages are constants: nothing is escaped here.
enum ErrorBody {
  static func make(_ message: String, code: String) -> ByteBuffer {
    ByteBuffer(string: "{\"error\":\"\(message)\",\"code\":\"\(code)\",\"details\":{}}")
  }
}
