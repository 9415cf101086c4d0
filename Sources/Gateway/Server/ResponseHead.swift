import Core
import FoundationEssentials
import HTTPTypes
import NIOCore
import Synchronization

/// Writes response heads straight into bytes: one buffer for a head, no intermediate header table.
enum ResponseHead {
  /// How the body's end is told.
  enum Framing: Equatable { case length(Int), chunked, untilClose, none }

  static func encode(
    _ status: HTTPResponse.Status, _ fields: HTTPFields, framing: Framing, keepAlive: Bool, isOldClient: Bool
  ) -> ByteBuffer {
    var buffer = ByteBuffer()
    buffer.reserveCapacity(512)
    buffer.writeStaticString("HTTP/1.1 ")
    buffer.writeString(String(status.code))
    buffer.writeStaticString(" ")
    buffer.writeString(status.reasonPhrase)
    buffer.writeStaticString("\r\n")
    for field in fields {
      switch field.name {
      case .contentLength, .transferEncoding, .connection, .date: continue
      default: break
      }
      buffer.writeString(field.name.rawName)
      buffer.writeStaticString(": ")
      buffer.writeString(field.value)
      buffer.writeStaticString("\r\n")
    }
    switch framing {
    case .length(let bytes):
      buffer.writeStaticString("Content-Length: ")
      buffer.writeString(String(bytes))
      buffer.writeStaticString("\r\n")
    case .chunked: buffer.writeStaticString("Transfer-Encoding: chunked\r\n")
    case .untilClose, .none: break
    }
    if !keepAlive {
      buffer.writeStaticString("Connection: close\r\n")
    } else if isOldClient {
      buffer.writeStaticString("Connection: keep-alive\r\n")
    }
    buffer.writeStaticString("Date: ")
    buffer.writeString(DateHeader.shared.value)
    buffer.writeStaticString("\r\n\r\n")
    return buffer
  }

  /// One chunk of a chunked body; an empty buffer would end the body and is left out.
  static func chunk(_ body: ByteBuffer) -> ByteBuffer {
    var buffer = ByteBuffer()
    guard body.readableBytes > 0 else { return buffer }
    buffer.reserveCapacity(body.readableBytes + 16)
    buffer.writeString(String(body.readableBytes, radix: 16))
    buffer.writeStaticString("\r\n")
    buffer.writeImmutableBuffer(body)
    buffer.writeStaticString("\r\n")
    return buffer
  }

  static var lastChunk: ByteBuffer { ByteBuffer(staticString: "0\r\n\r\n") }
}

/// The Date header's value, made once a second.
final class DateHeader: Sendable {
  static let shared = DateHeader()

  private let cached = Mutex((second: NIODeadline.uptimeNanoseconds(0), text: ""))

  var value: String {
    let now = NIODeadline.now()
    return cached.withLock { cached in
      if cached.text.isEmpty || now - cached.second >= .milliseconds(500) {
        cached = (now, Self.text(at: Int64(Date.now.timeIntervalSince1970)))
      }
      return cached.text
    }
  }

  /// The preferred format of RFC 9110, 5.6.7: `Sun, 06 Nov 1994 08:49:37 GMT`.
  static func text(at second: Int64) -> String {
    let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let time = Timestamp(microseconds: max(0, second) &* 1_000_000).rfc3339.utf8.prefix(19)
    let fields = time.split { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "T") }.compactMap { String($0) }
    guard fields.count == 4, let month = Int(fields[1]), months.indices.contains(month - 1) else { return "" }
    let weekday = days[Int(max(0, second) / 86_400 % 7)]
    return "\(weekday), \(fields[2]) \(months[month - 1]) \(fields[0]) \(fields[3]) GMT"
  }
}
