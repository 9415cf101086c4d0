/// The one error that a client may see: a closed code, a public sentence, and details that are safe to show.
///
/// Nothing about a patient, no SQL and no internal name ever goes into one.
package struct Failure: Error, Sendable, Equatable {
  package var code: Code
  package var message: String
  package var details: [String: JSONValue]
  /// Whole seconds after which a retry makes sense; sent as `Retry-After`.
  package var retryAfterSeconds: Int?

  package init(
    _ code: Code, _ message: String, details: [String: JSONValue] = [:], retryAfterSeconds: Int? = nil
  ) {
    self.code = code
    self.message = message
    self.details = details
    self.retryAfterSeconds = retryAfterSeconds
  }

  /// The closed list of codes, with their HTTP status (RFC 9110, RFC 6585) and their tRPC 11 name and number.
  package enum Code: String, Sendable, CaseIterable {
    case badRequest = "BAD_REQUEST"
    case unauthorized = "UNAUTHORIZED"
    case forbidden = "FORBIDDEN"
    case notFound = "NOT_FOUND"
    case methodNotAllowed = "METHOD_NOT_ALLOWED"
    case timeout = "TIMEOUT"
    case conflict = "CONFLICT"
    case preconditionFailed = "PRECONDITION_FAILED"
    case payloadTooLarge = "PAYLOAD_TOO_LARGE"
    case uriTooLong = "URI_TOO_LONG"
    case unsupportedMediaType = "UNSUPPORTED_MEDIA_TYPE"
    case unprocessable = "UNPROCESSABLE_CONTENT"
    case tooManyRequests = "TOO_MANY_REQUESTS"
    case headersTooLarge = "HEADERS_TOO_LARGE"
    case internalError = "INTERNAL_SERVER_ERROR"
    case unavailable = "SERVICE_UNAVAILABLE"

    package var status: Int {
      switch self {
      case .badRequest: 400
      case .unauthorized: 401
      case .forbidden: 403
      case .notFound: 404
      case .methodNotAllowed: 405
      case .timeout: 408
      case .conflict: 409
      case .preconditionFailed: 412
      case .payloadTooLarge: 413
      case .uriTooLong: 414
      case .unsupportedMediaType: 415
      case .unprocessable: 422
      case .tooManyRequests: 429
      case .headersTooLarge: 431
      case .internalError: 500
      case .unavailable: 503
      }
    }

    /// The name that an unmodified tRPC client knows; codes that tRPC lacks fall back to `BAD_REQUEST`.
    package var trpcName: String {
      switch self {
      case .uriTooLong, .headersTooLarge: Code.badRequest.rawValue
      case .methodNotAllowed: "METHOD_NOT_SUPPORTED"
      default: rawValue
      }
    }

    /// tRPC's JSON-RPC number: −32600 for a bad request, −32603 inside, −320xx with the HTTP status otherwise.
    package var trpcNumber: Int {
      switch self {
      case .badRequest, .uriTooLong, .headersTooLarge: -32600
      case .internalError, .unavailable: -32603
      case .unauthorized: -32001
      case .forbidden: -32003
      case .notFound: -32004
      case .methodNotAllowed: -32005
      case .timeout: -32008
      case .conflict: -32009
      case .preconditionFailed: -32012
      case .payloadTooLarge: -32013
      case .unsupportedMediaType: -32015
      case .unprocessable: -32022
      case .tooManyRequests: -32029
      }
    }
  }
}

extension Failure {
  package static let signInFirst = Failure(.unauthorized, "Sign in first.")

  package static func notFound(_ thing: String) -> Failure {
    Failure(.notFound, "There is no such \(thing).")
  }

  package static func invalid(_ problems: [FieldProblem]) -> Failure {
    let count = problems.count
    // An answer is no larger than its cause: of a thousand unknown fields the first hundred will do.
    return Failure(
      .badRequest, count == 1 ? "One field is not valid." : "\(count) fields are not valid.",
      details: ["fields": .array(problems.prefix(100).map(\.json))])
  }

  package static func invalid(_ path: String, _ message: String, rule: String) -> Failure {
    invalid([FieldProblem(path: path, message: message, rule: rule)])
  }

  /// What a fault of our own looks like from outside: always the same sentence.
  package static let internalFault = Failure(.internalError, "Something went wrong on our side. It has been logged.")
}
