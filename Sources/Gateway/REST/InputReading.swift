import Core
import HTTPTypes
import NIOCore
import Operations

/// Makes the one JSON input of an operation out of path, query and body.
enum InputReading {
  /// Names in the query that say who speaks, and are no input.
  private static let reserved: Set<String> = ["hospital"]

  static func input(
    of operation: RegisteredOperation, parameters: [(String, String)], query: QueryString, exchange: Exchange
  ) throws(Failure) -> JSONValue {
    var members: [JSONValue.Member] = []
    if operation.contract.route.method == .get {
      members = try fromQuery(query, schema: operation.input)
    } else {
      members = try fromBody(exchange)
    }
    for (name, value) in parameters {
      guard !members.contains(where: { $0.key == name }) else {
        throw .invalid(name, "is given in the path already", rule: "duplicate")
      }
      members.append(.init(name, .string(value)))
    }
    return .object(members)
  }

  /// The body as an object; no body is an empty one.
  static func fromBody(_ exchange: Exchange) throws(Failure) -> [JSONValue.Member] {
    try checkType(exchange)
    // Not read first: a megabyte of it costs no more than its first byte.
    if exchange.body.readableBytesView.first(where: { ![0x20, 0x0A, 0x0D, 0x09].contains($0) }) == UInt8(ascii: "[") {
      throw notAnObject(.array([]))
    }
    switch try body(exchange) {
    case .object(let members): return members
    case let other: throw notAnObject(other)
    }
  }

  private static func notAnObject(_ value: JSONValue) -> Failure {
    Failure(.badRequest, "The body must be a JSON object, not \(value.kind).")
  }

  static func body(_ exchange: Exchange) throws(Failure) -> JSONValue {
    guard exchange.body.readableBytes > 0 else { return .object([]) }
    try checkType(exchange)
    return try parse(exchange.body.readableBytesView)
  }

  private static func checkType(_ exchange: Exchange) throws(Failure) {
    guard exchange.body.readableBytes > 0 else { return }
    let type = exchange.headers[.contentType]?.split(separator: ";").first?.trimmed.lowercased()
    guard type == "application/json" else {
      throw Failure(.unsupportedMediaType, "Send application/json.")
    }
  }

  static func parse(_ bytes: some Sequence<UInt8>) throws(Failure) -> JSONValue {
    do {
      return try JSONParser.parse(bytes)
    } catch {
      throw Failure(
        .badRequest, "The body is not valid JSON: \(error.message).",
        details: ["offset": .integer(Int64(error.offset))])
    }
  }

  private static func fromQuery(_ query: QueryString, schema: JSONSchema) throws(Failure) -> [JSONValue.Member] {
    var members: [JSONValue.Member] = []
    let properties = schema.properties
    for (name, text) in query.members where !reserved.contains(name) {
      guard !members.contains(where: { $0.key == name }) else {
        throw .invalid(name, "is given twice", rule: "duplicate")
      }
      members.append(.init(name, value(text, properties.first { $0.name == name }?.schema)))
    }
    return members
  }

  /// A query's text as the JSON value that the schema asks for; what does not fit stays a text and is refused later.
  private static func value(_ text: String, _ schema: JSONSchema?) -> JSONValue {
    switch schema?.baseType {
    case "integer": Int64(text).map { .integer($0) } ?? .string(text)
    case "number": number(text) ?? .string(text)
    case "boolean": text == "true" ? true : text == "false" ? false : .string(text)
    case "array":
      .array(text.split(separator: ",", omittingEmptySubsequences: false).map { .string(String($0)) })
    default: .string(text)
    }
  }

  /// Written as JSON writes it, and nothing around it.
  private static func number(_ text: String) -> JSONValue? {
    guard text == text.trimmed, let value = try? JSONParser.parse(text.utf8) else { return nil }
    switch value {
    case .integer, .number: return value
    default: return nil
    }
  }
}

extension Substring {
  fileprivate var trimmed: String { String(self).trimmed }
}

extension JSONSchema {
  /// The type, also of a nullable schema.
  var baseType: String? { type ?? json["type"]?.items?.first?.text }
}
