import Core
import Operations

/// Writes JSON schemas as TypeScript types; what an item of a list is gets a name and is written once.
struct TypeScriptTypes {
  private var named: [(schema: JSONValue, name: String)] = []

  init(_ registry: Registry) {
    for operation in registry.operations {
      guard let name = operation.itemName else { continue }
      let schema = operation.wholeOutput.json["items"] ?? operation.wholeOutput.json
      if !named.contains(where: { $0.schema == schema }) { named.append((schema, name)) }
    }
  }

  var interfaces: String {
    named.sorted { $0.name < $1.name }.map { schema, name in
      let members = JSONSchema(schema).properties.map { "  \(member($0))" }
      return "export interface \(name) {\n\(members.joined(separator: "\n"))\n}\n"
    }.joined(separator: "\n")
  }

  /// An input: nothing at all may be sent where nothing is required.
  func input(_ schema: JSONSchema) -> String {
    let properties = schema.properties
    guard !properties.isEmpty else { return "void | Record<string, never>" }
    return object(properties) + (properties.contains(where: \.required) ? "" : " | void")
  }

  func output(_ operation: RegisteredOperation) -> String {
    operation.isPaged ? "Page<\(type(of: JSONSchema(operation.wholeOutput.json["items"] ?? .null)))>" : item(operation)
  }

  func item(_ operation: RegisteredOperation) -> String { type(of: operation.wholeOutput) }

  func object(_ properties: [JSONSchema.Property]) -> String {
    properties.isEmpty ? "Record<string, never>" : "{ \(properties.map(member).joined(separator: " ")) }"
  }

  func type(of schema: JSONSchema) -> String {
    if let known = named.first(where: { $0.schema == schema.json }) { return known.name }
    let types = schema.json["type"]?.items?.compactMap(\.text) ?? schema.type.map { [$0] } ?? []
    if types.contains("null"), types.count == 2 {
      return "\(plain(schema, types[0] == "null" ? types[1] : types[0])) | null"
    }
    return types.count == 1 ? plain(schema, types[0]) : "unknown"
  }

  private func plain(_ schema: JSONSchema, _ type: String) -> String {
    if let words = schema.json["enum"]?.items {
      return words.filter { $0 != .null }.map(\.encoded).joined(separator: " | ")
    }
    if let only = schema.json["const"] { return only.encoded }
    switch type {
    case "integer", "number": return "number"
    case "array": return "Array<\(self.type(of: JSONSchema(schema.json["items"] ?? .object([]))))>"
    case "object": return schema.properties.isEmpty ? "Record<string, unknown>" : object(schema.properties)
    default: return type
    }
  }

  private func member(_ property: JSONSchema.Property) -> String {
    "\(property.name)\(property.required ? "" : "?"): \(type(of: property.schema));"
  }
}
