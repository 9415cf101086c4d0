package import Core
import HTTPTypes
import HummingbirdCore
import NIOCore
package import Operations
import Synchronization

/// OpenAPI 3.1 of the registry: nothing in it is written by hand for one operation.
package struct OpenAPI: Sendable {
  package let document: JSONValue
  private let text = WrittenOnce()

  package init(_ registry: Registry, version: String) {
    var paths: [(String, [JSONValue.Member])] = []
    for operation in registry.operations {
      let template = "/api/v1" + operation.contract.route.template
      let member = JSONValue.Member(
        operation.contract.route.method.rawValue.lowercased(), Self.operation(operation))
      if let index = paths.firstIndex(where: { $0.0 == template }) {
        paths[index].1.append(member)
      } else {
        paths.append((template, [member]))
      }
    }
    document = [
      "openapi": "3.1.0",
      "info": ["title": "Ward", "version": .string(version), "description": "The open hospital backend."],
      "paths": .object(paths.map { .init($0.0, .object($0.1)) }),
      "components": ["schemas": ["Error": Self.error.json], "securitySchemes": Self.schemes],
    ]
  }

  var reply: Reply { Responses.json(.ok, text.of(document)) }

  private static let schemes: JSONValue = [
    "bearer": ["type": "http", "scheme": "bearer"],
    "cookie": ["type": "apiKey", "in": "cookie", "name": .string(SessionCookie.name)],
  ]

  private static let error = JSONSchema.object([
    .init("error", .string()), .init("code", .choice(Failure.Code.allCases.map(\.rawValue))),
    .init("details", .object([])),
  ])

  private static func operation(_ operation: RegisteredOperation) -> JSONValue {
    let contract = operation.contract
    var members: [JSONValue.Member] = [
      .init("operationId", .string(contract.name)), .init("summary", .string(contract.summary)),
      .init("tags", [.string(String(contract.name.prefix { $0 != "." }))]),
      .init("parameters", .array(parameters(operation))),
    ]
    if let body = body(operation) { members.append(.init("requestBody", body)) }
    members.append(.init("responses", responses(operation)))
    members.append(.init("security", contract.access == .everyone ? [] : [["bearer": []], ["cookie": []]]))
    if case .permission(let permission) = contract.access {
      members.append(.init("x-permission", .string(permission.rawValue)))
    }
    members.append(.init("x-resource", .string(contract.resource)))
    members.append(.init("x-action", .string(contract.action)))
    members.append(.init("x-kind", contract.isPosted ? "mutation" : "query"))
    members.append(
      .init(
        "x-rate-limit",
        [
          "calls": .integer(Int64(contract.limit.max)), "windowSeconds": .integer(Int64(contract.limit.windowSeconds)),
        ]))
    return .object(members)
  }

  private static func parameters(_ operation: RegisteredOperation) -> [JSONValue] {
    let inPath = Set(operation.contract.route.parameters)
    let isQuery = operation.contract.route.method == .get
    var parameters = operation.input.properties.filter { inPath.contains($0.name) || isQuery }.map { property in
      JSONValue.object(
        [
          .init("name", .string(property.name)), .init("in", inPath.contains(property.name) ? "path" : "query"),
          .init("required", .bool(property.required)), .init("schema", property.schema.withoutNull.json),
        ]
          + (property.schema.baseType == "array" ? [.init("style", "form"), .init("explode", false)] : []))
    }
    if operation.contract.mode == .write, operation.contract.access != .everyone {
      parameters.append([
        "name": "Idempotency-Key", "in": "header", "required": false,
        "schema": JSONSchema.string(minimum: 1, maximum: 255, pattern: "^[!-~]+$").json,
      ])
    }
    return parameters
  }

  private static func body(_ operation: RegisteredOperation) -> JSONValue? {
    let inPath = Set(operation.contract.route.parameters)
    let properties = operation.input.properties.filter { !inPath.contains($0.name) }
    guard operation.contract.route.method != .get, !properties.isEmpty else { return nil }
    return [
      "required": .bool(properties.contains(where: \.required)),
      "content": ["application/json": ["schema": JSONSchema.object(properties, closed: true).json]],
    ]
  }

  private static func responses(_ operation: RegisteredOperation) -> JSONValue {
    var envelope: [JSONSchema.Property] = [.init("data", operation.output), .init("message", .string())]
    if operation.isPaged { envelope.append(.init("page", PageInfo.schema)) }
    var members: [JSONValue.Member] = [
      .init(
        String(operation.contract.route.status),
        [
          "description": .string(operation.contract.message),
          "content": ["application/json": ["schema": JSONSchema.object(envelope).json]],
        ])
    ]
    var codes: [Failure.Code] = [.badRequest, .tooManyRequests, .internalError, .unavailable]
    if operation.contract.access != .everyone || operation.contract.provesIdentity {
      codes.append(.unauthorized)
    }
    // A long query makes a long address.
    if operation.contract.route.method == .get { codes.append(.uriTooLong) }
    // What an id names may not be there, nor what the caller or his hospital has one of, such as a record or a subscription.
    if operation.contract.access != .everyone {
      codes += [.forbidden, .notFound]
    } else if !operation.contract.route.parameters.isEmpty || operation.contract.isPosted {
      codes.append(.notFound)
    }
    if operation.contract.isPosted {
      codes += [.conflict, .payloadTooLarge, .unsupportedMediaType, .unprocessable]
    }
    for code in codes.sorted(by: { $0.status < $1.status }) {
      members.append(
        .init(
          String(code.status),
          [
            "description": .string(code.rawValue),
            "content": ["application/json": ["schema": ["$ref": "#/components/schemas/Error"]]],
          ]))
    }
    return .object(members)
  }
}

extension JSONSchema {
  /// A query has no null: the schema of the value alone.
  fileprivate var withoutNull: JSONSchema {
    guard case .object(var members) = json else { return self }
    for index in members.indices {
      if members[index].key == "type", let first = members[index].value.items?.first { members[index].value = first }
      if members[index].key == "enum", let items = members[index].value.items {
        members[index].value = .array(items.filter { $0 != .null })
      }
    }
    return JSONSchema(.object(members))
  }
}

/// The text of the document, written when somebody first asks for it: a start waits for nothing that nobody may want.
private final class WrittenOnce: Sendable {
  private let text = Mutex<ByteBuffer?>(nil)

  func of(_ document: JSONValue) -> ByteBuffer {
    text.withLock { text in
      if let text { return text }
      var buffer = ByteBuffer()
      buffer.writeJSON(document)
      text = buffer
      return buffer
    }
  }
}
