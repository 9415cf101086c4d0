/// The items of an array of objects; without JSON it shows one item, whose schema is recorded.
struct InputItems: UnkeyedDecodingContainer {
  static let limit = 100
  let reader: InputReader
  private(set) var currentIndex = 0
  var codingPath: [any CodingKey] { [] }

  init(reader: InputReader) {
    self.reader = reader
    guard let json = reader.json else { return }
    if let items = json.items {
      if items.count > Self.limit {
        reader.notes.add(reader.path, "must have at most \(Self.limit) items", rule: "maxItems")
      }
    } else {
      reader.notes.add(reader.path, "must be an array, not \(json.kind)", rule: "type")
    }
  }

  private var items: [JSONValue] { Array((reader.json?.items ?? []).prefix(Self.limit)) }
  var count: Int? { reader.json == nil ? 1 : items.count }
  var isAtEnd: Bool { currentIndex >= (count ?? 0) }

  mutating func decodeNil() throws -> Bool { false }

  mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
    defer { currentIndex += 1 }
    guard reader.json != nil else {
      reader.record.element = InputDecoder.schema(of: type, closed: true)
      return try InputReader(json: nil, path: "", notes: InputNotes()).read(type)
    }
    guard currentIndex < items.count else { throw Unsupported.shape }
    let path = "\(reader.path)[\(currentIndex)]"
    return try InputReader(json: items[currentIndex], path: path, notes: reader.notes).read(type)
  }

  mutating func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    throw Unsupported.shape
  }
  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { throw Unsupported.shape }
  mutating func superDecoder() throws -> any Decoder { throw Unsupported.shape }
}
