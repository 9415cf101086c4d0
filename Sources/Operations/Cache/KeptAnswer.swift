import Core
import NIOCore

/// An answer that was given before and is given again; the encoders cannot tell it from a new one.
struct KeptAnswer: Answer {
  let bytes: ByteBuffer
  let page: PageInfo?

  static var schema: JSONSchema { .anything }
  func write(into buffer: inout ByteBuffer) { buffer.writeImmutableBuffer(bytes) }

  init(_ answer: any Answer) throws {
    var buffer = ByteBuffer()
    try answer.write(into: &buffer)
    bytes = buffer
    page = answer.page
  }

  /// From what ``stored`` wrote; nil for bytes that hold something else.
  init?(_ stored: [UInt8]) {
    guard let first = stored.first else { return nil }
    let rest = stored.dropFirst()
    guard first == 1 else {
      bytes = ByteBuffer(bytes: rest)
      page = nil
      return
    }
    guard let end = rest.firstIndex(of: 0), let json = try? JSONParser.parse(rest[..<end]),
      let total = json["total"]?.whole, let limit = json["limit"]?.whole, let offset = json["offset"]?.whole,
      let next = json["next"]
    else { return nil }
    let cursor = next == .null ? nil : try? PageCursor(json: next)
    guard next == .null || cursor != nil else { return nil }
    page = PageInfo(total: Int(total), limit: Int(limit), offset: Int(offset), next: cursor)
    bytes = ByteBuffer(bytes: rest[(end + 1)...])
  }

  /// One byte that tells whether a page follows, the page up to a zero, and the answer's JSON.
  var stored: [UInt8] {
    guard let page else { return [0] + Array(bytes.readableBytesView) }
    return [1] + Array(page.json.encoded.utf8) + [0] + Array(bytes.readableBytesView)
  }
}
