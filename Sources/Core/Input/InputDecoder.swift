/// Reads a `Decodable` struct of primitives from JSON and names every bad field, not the first.
///
/// A rejected field is noted and its type's example is used instead, so that reading goes on. The same walk over
/// the same conformance, without JSON, records the schema.
package enum InputDecoder {
  /// Throws ``Failure`` `BAD_REQUEST` with `details.fields` when anything is wrong.
  package static func decode<T: Decodable>(_ type: T.Type, from json: JSONValue) throws(Failure) -> T {
    let notes = InputNotes()
    let value: T
    do {
      value = try InputReader(json: json, path: "", notes: notes).read(type)
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(.badRequest, "The input could not be read.")
    }
    guard notes.problems.isEmpty else { throw .invalid(notes.problems) }
    return value
  }

  /// The closed object schema of an input or the open one of an output.
  package static func schema<T: Decodable>(of type: T.Type, closed: Bool) -> JSONSchema {
    if let primitive = type as? any Primitive.Type { return primitive.schema }
    let notes = InputNotes()
    let reader = InputReader(json: nil, path: "", notes: notes)
    guard (try? T(from: reader)) != nil else { return .object([], closed: closed) }
    if let element = reader.record.element { return .array(element, maximum: InputItems.limit) }
    return .object(reader.record.properties, closed: closed)
  }
}

final class InputNotes {
  /// More than anybody reads; what comes after is not worth the time.
  private static let limit = 200
  private(set) var problems: [FieldProblem] = []
  var isFull: Bool { problems.count >= Self.limit }

  func add(_ path: String, _ message: String, rule: String) {
    guard !isFull else { return }
    problems.append(FieldProblem(path: path, message: message, rule: rule))
  }
}

/// What one object was asked for.
final class InputRecord {
  var properties: [JSONSchema.Property] = []
  var asked: Set<String> = []
  var element: JSONSchema?
}

/// A decoder of input that takes note of a problem which is no single value's.
package protocol InputNoting {
  /// Says nothing where the field itself, or one that it is compared with, was refused already.
  func note(_ field: String, _ message: String, rule: String, against others: [String])
}

extension InputNoting {
  package func note(_ field: String, _ message: String, rule: String) {
    note(field, message, rule: rule, against: [])
  }
}

/// A `Decoder` over one JSON value; without a value it only records.
struct InputReader: Decoder, InputNoting {
  let json: JSONValue?
  let path: String
  let notes: InputNotes
  let record = InputRecord()
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func read<T: Decodable>(_ type: T.Type) throws -> T {
    if let primitive = type as? any Primitive.Type { return try readPrimitive(primitive, as: type) }
    guard let json else { return try T(from: self) }
    if case .array = json { return try T(from: self) }
    guard case .object(let members) = json else {
      notes.add(path, "must be an object, not \(json.kind)", rule: "type")
      return try T(from: InputReader(json: nil, path: path, notes: InputNotes()))
    }
    let value = try T(from: self)
    // What should have been an array has no fields to know or not to know.
    guard !notes.problems.contains(where: { $0.path == path && $0.rule == "type" }) else { return value }
    for member in members where !record.asked.contains(member.key) {
      if notes.isFull { break }
      let name = String(member.key.prefix(100))
      notes.add(join(name), "is not a field of this operation", rule: "unknown")
    }
    return value
  }

  private func readPrimitive<T>(_ primitive: any Primitive.Type, as type: T.Type) throws -> T {
    var read: any Primitive = primitive.example
    if let json {
      do { read = try primitive.init(json: json) } catch {
        notes.add(path, error.message, rule: error.rule)
      }
    }
    guard let value = read as? T else { throw Unsupported.shape }
    return value
  }

  func note(_ field: String, _ message: String, rule: String, against others: [String]) {
    let compared = Set((others + [field]).map(join))
    guard json != nil, !notes.problems.contains(where: { compared.contains($0.path) }) else { return }
    notes.add(join(field), message, rule: rule)
  }

  func join(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    if let json, case .array = json {
      notes.add(path, "must be an object, not an array", rule: "type")
      return KeyedDecodingContainer(InputFields<Key>(reader: InputReader(json: nil, path: path, notes: InputNotes())))
    }
    return KeyedDecodingContainer(InputFields<Key>(reader: self))
  }
  func unkeyedContainer() throws -> any UnkeyedDecodingContainer { InputItems(reader: self) }
  func singleValueContainer() throws -> any SingleValueDecodingContainer { throw Unsupported.shape }
}

/// An input may hold primitives and objects of them; any other shape is a mistake of the programmer.
enum Unsupported: Error { case shape }

private struct InputFields<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let reader: InputReader
  var codingPath: [any CodingKey] { [] }
  var allKeys: [Key] { [] }

  func contains(_ key: Key) -> Bool { reader.json?[key.stringValue] != nil }
  func decodeNil(forKey key: Key) throws -> Bool { reader.json?[key.stringValue] ?? .null == .null }

  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
    note(type, key, required: true)
    guard let json = reader.json else { return try inner(nil, key).read(type) }
    guard let value = json[key.stringValue], value != .null else {
      reader.notes.add(reader.join(key.stringValue), "is required", rule: "required")
      return try InputReader(json: nil, path: "", notes: InputNotes()).read(type)
    }
    return try inner(value, key).read(type)
  }

  func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
    note(type, key, required: false)
    guard let value = reader.json?[key.stringValue], value != .null else { return nil }
    return try inner(value, key).read(type)
  }

  func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? {
    note(type, key, required: false)
    guard let value = reader.json?[key.stringValue], value != .null else { return nil }
    return try inner(value, key).read(type)
  }

  func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool {
    note(type, key, required: true)
    guard let json = reader.json else { return false }
    guard let value = json[key.stringValue], value != .null else {
      reader.notes.add(reader.join(key.stringValue), "is required", rule: "required")
      return false
    }
    return try inner(value, key).read(type)
  }

  private func inner(_ json: JSONValue?, _ key: Key) -> InputReader {
    InputReader(json: json, path: reader.join(key.stringValue), notes: reader.notes)
  }

  private func note<T: Decodable>(_ type: T.Type, _ key: Key, required: Bool) {
    reader.record.asked.insert(key.stringValue)
    guard reader.json == nil else { return }
    let schema = InputDecoder.schema(of: type, closed: true)
    reader.record.properties.append(
      .init(key.stringValue, required ? schema : schema.nullable, required: required))
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> { throw Unsupported.shape }
  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer { throw Unsupported.shape }
  func superDecoder() throws -> any Decoder { throw Unsupported.shape }
  func superDecoder(forKey key: Key) throws -> any Decoder { throw Unsupported.shape }
}
