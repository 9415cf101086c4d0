/// A JSON Schema (2020-12, as OpenAPI 3.1 embeds it), built from the types that validate.
package struct JSONSchema: Sendable, Equatable {
  package var json: JSONValue

  package init(_ json: JSONValue) { self.json = json }

  package static func string(
    format: String? = nil, minimum: Int? = nil, maximum: Int? = nil, pattern: String? = nil, example: String? = nil
  ) -> JSONSchema {
    make(
      "string",
      [
        ("format", format.map { .string($0) }), ("minLength", minimum.map { .integer(Int64($0)) }),
        ("maxLength", maximum.map { .integer(Int64($0)) }), ("pattern", pattern.map { .string($0) }),
        ("examples", example.map { .array([.string($0)]) }),
      ])
  }

  package static func integer(_ range: ClosedRange<Int64>? = nil) -> JSONSchema {
    make(
      "integer",
      [("minimum", range.map { .integer($0.lowerBound) }), ("maximum", range.map { .integer($0.upperBound) })])
  }

  package static func choice(_ values: [String]) -> JSONSchema {
    make("string", [("enum", .array(values.map { .string($0) }))])
  }

  package static func array(_ items: JSONSchema, minimum: Int? = nil, maximum: Int? = nil) -> JSONSchema {
    make(
      "array",
      [
        ("items", items.json), ("minItems", minimum.map { .integer(Int64($0)) }),
        ("maxItems", maximum.map { .integer(Int64($0)) }),
      ])
  }

  package static let boolean = make("boolean", [])
  package static let number = make("number", [])
  package static let anything = JSONSchema(.object([]))

  package static func object(_ properties: [Property], closed: Bool = false) -> JSONSchema {
    let required = properties.filter(\.required).map { JSONValue.string($0.name) }
    return make(
      "object",
      [
        ("properties", .object(properties.map { .init($0.name, $0.schema.json) })),
        ("required", required.isEmpty ? nil : .array(required)),
        ("additionalProperties", closed ? .bool(false) : nil),
      ])
  }

  /// The same schema that also takes `null`.
  package var nullable: JSONSchema {
    guard case .object(var members) = json else { return self }
    for index in members.indices {
      if members[index].key == "type", case .string(let type) = members[index].value {
        members[index].value = .array([.string(type), "null"])
      }
      if members[index].key == "enum", case .array(let values) = members[index].value {
        members[index].value = .array(values + [.null])
      }
    }
    return JSONSchema(.object(members))
  }

  /// The schema of an array whose items may lack any of their properties.
  package var withOptionalItems: JSONSchema {
    guard let items = json["items"] else { return self }
    return .array(.object(JSONSchema(items).properties.map { Property($0.name, $0.schema, required: false) }))
  }

  /// The value of `type`, where it is a single one.
  package var type: String? { json["type"]?.text }

  package var properties: [Property] {
    guard case .object(let members)? = json["properties"] else { return [] }
    let required = Set((json["required"]?.items ?? []).compactMap(\.text))
    return members.map { Property($0.key, JSONSchema($0.value), required: required.contains($0.key)) }
  }

  package struct Property: Sendable, Equatable {
    package let name: String
    package let schema: JSONSchema
    package let required: Bool

    package init(_ name: String, _ schema: JSONSchema, required: Bool = true) {
      self.name = name
      self.schema = schema
      self.required = required
    }
  }

  private static func make(_ type: String, _ rest: [(String, JSONValue?)]) -> JSONSchema {
    var members = [JSONValue.Member("type", .string(type))]
    for (key, value) in rest {
      if let value { members.append(.init(key, value)) }
    }
    return JSONSchema(.object(members))
  }
}
