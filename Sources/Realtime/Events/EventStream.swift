package import Core
package import NIOCore
package import Operations

/// The events of one caller as server-sent events (WHATWG HTML, 9.2): an endless sequence of buffers.
///
/// Begins with `hello` or with what was missed since `Last-Event-ID`; a number too old to replay is answered with
/// `reset`. A comment every 15 s keeps the line open; ends within a second when the session does.
package struct EventStream: AsyncSequence, Sendable {
  private let log: EventLog
  private let hospital: HospitalID
  private let rooms: Set<String>
  private let lastEventID: Int64?
  private let clock: ServerClock
  private let stands: @Sendable () async -> Bool
  private let place: StreamCount.Place

  /// `stands` tells whether the session still does.
  package init(
    log: EventLog, hospital: HospitalID, rooms: [Room], lastEventID: Int64?, clock: ServerClock,
    place: StreamCount.Place, stands: @escaping @Sendable () async -> Bool
  ) {
    self.log = log
    self.hospital = hospital
    self.rooms = Set(rooms.map(\.name))
    self.lastEventID = lastEventID
    self.clock = clock
    self.place = place
    self.stands = stands
  }

  package func makeAsyncIterator() -> Iterator {
    Iterator(stream: self, listening: Listening(log: log, hospital: hospital))
  }

  package struct Iterator: AsyncIteratorProtocol {
    fileprivate let stream: EventStream
    fileprivate let listening: Listening
    private var cursor: Int64?
    private var isOver = false

    fileprivate init(stream: EventStream, listening: Listening) {
      self.stream = stream
      self.listening = listening
    }

    package mutating func next() async throws -> ByteBuffer? {
      guard !isOver, !Task.isCancelled else { return nil }
      guard let cursor else { return try await begin() }
      while true {
        if let buffer = try await read(after: cursor) { return buffer }
        let waited = ContinuousClock.now
        await listening.alarm.wait(atMost: .seconds(15))
        guard !Task.isCancelled else { return nil }
        guard await stream.stands() else {
          isOver = true
          return ByteBuffer(staticString: "event: signed-out\ndata: {}\n\n")
        }
        if ContinuousClock.now - waited >= .seconds(15) { return ByteBuffer(staticString: ":\n\n") }
      }
    }

    private mutating func begin() async throws -> ByteBuffer {
      let head = try await stream.log.follow(stream.hospital)
      listening.begin()
      cursor = stream.lastEventID ?? head
      var buffer = ByteBuffer()
      let hello: JSONValue = [
        "serverTime": .string(stream.clock.now.rfc3339), "number": .integer(stream.lastEventID ?? head),
      ]
      Self.write("hello", id: nil, hello.encoded, into: &buffer)
      return buffer
    }

    /// The caller's events after the cursor in one buffer; nil when there are none.
    private mutating func read(after number: Int64) async throws -> ByteBuffer? {
      var number = number
      while true {
        switch try await stream.log.after(number, in: stream.hospital) {
        case .reset(let head):
          cursor = head
          var buffer = ByteBuffer()
          Self.write("reset", id: head, "{\"number\":\(head)}", into: &buffer)
          return buffer
        case .events(let events):
          guard let last = events.last else { return nil }
          number = last.number
          cursor = number
          var buffer = ByteBuffer()
          for event in events where event.rooms.contains(where: stream.rooms.contains) {
            Self.write(event, into: &buffer)
          }
          if buffer.readableBytes > 0 { return buffer }
        }
      }
    }

    private static func write(_ event: LoggedEvent, into buffer: inout ByteBuffer) {
      buffer.writeString("id: \(event.number)\nevent: \(event.name)\ndata: ")
      buffer.writeImmutableBuffer(event.payload)
      buffer.writeStaticString("\n\n")
    }

    private static func write(_ name: String, id: Int64?, _ data: String, into buffer: inout ByteBuffer) {
      if let id { buffer.writeString("id: \(id)\n") }
      buffer.writeString("event: \(name)\ndata: \(data)\n\n")
    }
  }

  /// Hears of news as long as the iterator lives.
  fileprivate final class Listening: Sendable {
    let alarm = Alarm()
    private let log: EventLog
    private let hospital: HospitalID
    private let number = ListenerNumber()

    init(log: EventLog, hospital: HospitalID) {
      self.log = log
      self.hospital = hospital
    }

    func begin() { number.set(log.listen(alarm, to: hospital)) }

    deinit {
      if let number = number.value { log.ignore(number, of: hospital) }
    }
  }
}
