package import Core
package import NIOCore

/// How a stream of events is written as server-sent events: in Ward's own words or in those of tRPC.
package protocol StreamDialect: Sendable {
  /// The first message; `number` is that of the last event before the stream.
  func begins(after number: Int64, at time: Timestamp, into buffer: inout ByteBuffer)
  func says(_ event: LoggedEvent, into buffer: inout ByteBuffer)
  /// Has no number: where the client goes on stays as it was.
  func announces(_ announcement: Announcement, into buffer: inout ByteBuffer)
  /// What was missed is too old to be told.
  func restarts(at head: Int64, into buffer: inout ByteBuffer)
  /// After a while without events.
  func lives(into buffer: inout ByteBuffer)
  /// The last message; none where the client should come back by itself.
  func ends(_ end: StreamStanding, into buffer: inout ByteBuffer)
}

/// Whether the caller of a stream is still who he was when it began.
package enum StreamStanding: Sendable {
  /// Until then, unless the session is used meanwhile; nil for one without an end.
  case stands(until: Timestamp?)
  /// He may hear of other things now: he has to begin anew.
  case changed
  /// It cannot be found out: the stream ends, and the client comes back and asks.
  case unknown
  /// The session is over, or he may hear nothing more.
  case over
}

/// The words of `GET /api/v1/events`.
package struct WardDialect: StreamDialect {
  package init() {}

  package func begins(after number: Int64, at time: Timestamp, into buffer: inout ByteBuffer) {
    let hello: JSONValue = ["serverTime": .string(time.rfc3339), "number": .integer(number)]
    buffer.writeString("event: hello\ndata: \(hello.encoded)\n\n")
  }

  package func says(_ event: LoggedEvent, into buffer: inout ByteBuffer) {
    buffer.writeString("id: \(event.number)\nevent: \(event.name)\ndata: ")
    buffer.writeImmutableBuffer(event.payload)
    buffer.writeStaticString("\n\n")
  }

  package func announces(_ announcement: Announcement, into buffer: inout ByteBuffer) {
    buffer.writeString("event: \(announcement.name)\ndata: ")
    buffer.writeImmutableBuffer(announcement.payload)
    buffer.writeStaticString("\n\n")
  }

  package func restarts(at head: Int64, into buffer: inout ByteBuffer) {
    buffer.writeString("id: \(head)\nevent: reset\ndata: {\"number\":\(head)}\n\n")
  }

  package func lives(into buffer: inout ByteBuffer) { buffer.writeStaticString(":\n\n") }

  package func ends(_ end: StreamStanding, into buffer: inout ByteBuffer) {
    if case .unknown = end { return }
    buffer.writeStaticString("event: signed-out\ndata: {}\n\n")
  }
}

/// The words of tRPC 11's `httpSubscriptionLink`: messages without a name carry tracked data, the others are its own.
package struct TRPCDialect: StreamDialect {
  /// What `serialized-error` tells when the session is over: tRPC's error shape.
  private let over: JSONValue

  package init(over: JSONValue) { self.over = over }

  /// The number is told at once, so that a connection that breaks before the first message misses nothing either.
  package func begins(after number: Int64, at time: Timestamp, into buffer: inout ByteBuffer) {
    buffer.writeString("event: connected\ndata: {\"reconnectAfterInactivityMs\":40000}\nid: \(number)\n\n")
  }

  package func says(_ event: LoggedEvent, into buffer: inout ByteBuffer) {
    buffer.writeString("data: {\"type\":\"\(event.name)\",\"data\":")
    buffer.writeImmutableBuffer(event.payload)
    buffer.writeString("}\nid: \(event.number)\n\n")
  }

  /// Its clients take numbered messages alone.
  package func announces(_ announcement: Announcement, into buffer: inout ByteBuffer) {}

  package func restarts(at head: Int64, into buffer: inout ByteBuffer) {
    buffer.writeString("data: {\"type\":\"reset\",\"data\":{\"number\":\(head)}}\nid: \(head)\n\n")
  }

  package func lives(into buffer: inout ByteBuffer) { buffer.writeStaticString("event: ping\ndata: \n\n") }

  /// A client that is told nothing connects again by itself and goes on behind the last number.
  package func ends(_ end: StreamStanding, into buffer: inout ByteBuffer) {
    guard case .over = end else { return }
    buffer.writeString("event: serialized-error\ndata: \(over.encoded)\n\n")
  }
}
