package import Core

/// Something that is kept within a record as a JSON object.
package protocol RecordPart: Decodable, Sendable {
  var json: JSONValue { get }
}

/// A list of objects, at most 50.
package struct ObjectList<Part: RecordPart>: Primitive {
  package let parts: [Part]

  package static var schema: JSONSchema { .array(InputDecoder.schema(of: Part.self, closed: true), maximum: 50) }
  package static var example: ObjectList { ObjectList(parts: []) }
  package var json: JSONValue { .array(parts.map(\.json)) }

  private init(parts: [Part]) { self.parts = parts }

  package init(json: JSONValue) throws(InvalidValue) {
    guard let items = json.items else { throw InvalidValue("must be an array, not \(json.kind)", rule: "type") }
    guard items.count <= 50 else { throw InvalidValue("must have at most 50 items", rule: "maxItems") }
    var parts: [Part] = []
    for (index, item) in items.enumerated() {
      do { parts.append(try InputDecoder.decode(Part.self, from: item)) } catch {
        let first = error.details["fields"]?.items?.first
        let path = first?["path"]?.text ?? ""
        throw InvalidValue(
          "item \(index + 1) \(path) \(first?["message"]?.text ?? "is not valid")", rule: first?["rule"]?.text ?? "type"
        )
      }
    }
    self.parts = parts
  }
}
