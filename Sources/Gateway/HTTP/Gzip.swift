import CZlib
import NIOCore

/// RFC 1952 compression of a whole body.
enum Gzip {
  /// The compressed bytes; nil when zlib refuses, and the body then goes out as it is.
  static func compress(_ body: ByteBuffer, level: Int32 = 5) -> ByteBuffer? {
    var stream = z_stream()
    let prepared = deflateInit2_(
      &stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard prepared == Z_OK else { return nil }
    defer { deflateEnd(&stream) }
    var input = Array(body.readableBytesView)
    let bound = Int(deflateBound(&stream, UInt(input.count)))
    var output = ByteBuffer()
    var isDone = false
    output.writeWithUnsafeMutableBytes(minimumWritableBytes: bound) { target in
      input.withUnsafeMutableBufferPointer { source in
        stream.next_in = source.baseAddress
        stream.avail_in = UInt32(truncatingIfNeeded: source.count)
        stream.next_out = target.bindMemory(to: UInt8.self).baseAddress
        stream.avail_out = UInt32(truncatingIfNeeded: target.count)
        isDone = deflate(&stream, Z_FINISH) == Z_STREAM_END
        return target.count - Int(stream.avail_out)
      }
    }
    return isDone ? output : nil
  }
}
