import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore

/// Collects a body of known length in memory, so that head and body leave in one write.
struct CollectingWriter: ResponseBodyWriter {
  final class Sink {
    var buffer = ByteBuffer()
  }

  let sink: Sink

  mutating func write(_ buffer: ByteBuffer) {
    if sink.buffer.readableBytes == 0 { sink.buffer = buffer } else { sink.buffer.writeImmutableBuffer(buffer) }
  }

  consuming func finish(_ trailingHeaders: HTTPFields?) {}
}

/// Writes a body as it comes; waits while the client does not keep up, and throws when it is gone.
struct StreamingWriter: ResponseBodyWriter {
  let connection: NIOLoopBound<HTTPConnection>

  mutating func write(_ buffer: ByteBuffer) async throws {
    let connection = self.connection
    try await connection.eventLoop.flatSubmit { connection.value.writePart(buffer, on: connection.eventLoop) }.get()
  }

  consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}

/// A client left while its answer was being written.
struct ClientLeft: Error {}
