package import Core
package import NIOCore
package import Operations

/// The events of one caller as server-sent events (WHATWG HTML, 9.2): an endless sequence of buffers.
///
/// Begins with a greeting and what was missed since `Last-Event-ID`; a number too old to replay is answered with
/// `reset`. A sign of life every 15 s keeps the line open; ends within a second when the session does.
package struct EventStream: AsyncSequence, Sendable {
  private let log: EventLog
  private let hospital: HospitalID
  private let rooms: Set<String>
  private let lastEventID: Int64?
  private let clock: ServerClock
  private let dialect: any StreamDialect
  private let includes: @Sendable (String) -> Bool
  private let expiresAt: Timestamp?
  private let standing: @Sendable () async -> StreamStanding
  private let place: StreamCount.Place

  /// `includes` tells which names of events are wanted, `standing` whether the caller still may hear them.
  package init(
    log: EventLog, hospital: HospitalID, rooms: [Room], lastEventID: Int64?, clock: ServerClock,
    place: StreamCount.Place, expiresAt: Timestamp?, dialect: any StreamDialect,
    includes: @escaping @Sendable (String) -> Bool,
    standing: @escaping @Sendable () async -> StreamStanding
  ) {
    self.expiresAt = expiresAt
    self.dialect = dialect
    self.includes = includes
    self.standing = standing
    self.log = log
    self.hospital = hospital
    self.rooms = Set(rooms.map(\.name))
    self.lastEventID = lastEventID
    self.clock = clock
    self.place = place
  }

  package func makeAsyncIterator() -> Iterator {
    Iterator(stream: self, listening: Listening(log: log, hospital: hospital))
  }

  package struct Iterator: AsyncIteratorProtocol {
    fileprivate let stream: EventStream
    fileprivate let listening: Listening
    private var cursor: Int64?
    private var isOver = false
    private var expiresAt: Timestamp?
    /// How many announcements were heard; nil before the stream begins.
    private var heard: Int?

    fileprivate init(stream: EventStream, listening: Listening) {
      self.stream = stream
      self.listening = listening
      expiresAt = stream.expiresAt
    }

    package mutating func next() async throws -> ByteBuffer? {
      guard !isOver, !Task.isCancelled else { return nil }
      guard let cursor else { return try await begin() }
      while true {
        if let buffer = announced() { return buffer }
        if let buffer = try await read(after: cursor) { return buffer }
        let waited = ContinuousClock.now
        await listening.alarm.wait(atMost: patience)
        guard !Task.isCancelled else { return nil }
        let standing = await stream.standing()
        var buffer = ByteBuffer()
        guard case .stands(let until) = standing else {
          isOver = true
          stream.dialect.ends(standing, into: &buffer)
          return buffer.readableBytes > 0 ? buffer : nil
        }
        expiresAt = until
        guard ContinuousClock.now - waited >= .seconds(15) else { continue }
        stream.dialect.lives(into: &buffer)
        return buffer
      }
    }

    /// Until the next sign of life is due, or the session's end.
    private var patience: Duration {
      guard let expiresAt else { return .seconds(15) }
      let left = Swift.min(Swift.max(expiresAt.seconds(since: stream.clock.now), 0), 15)
      return .seconds(left) + .milliseconds(5)
    }

    private mutating func begin() async throws -> ByteBuffer {
      let head = try await stream.log.follow(stream.hospital)
      listening.begin()
      cursor = stream.lastEventID ?? head
      var buffer = ByteBuffer()
      stream.dialect.begins(after: stream.lastEventID ?? head, at: stream.clock.now, into: &buffer)
      return buffer
    }

    /// What Ward says about itself, to whom it concerns.
    private mutating func announced() -> ByteBuffer? {
      guard let news = stream.log.announcements.news(after: &heard), stream.includes(news.name),
        news.rooms.contains(where: stream.rooms.contains)
      else { return nil }
      var buffer = ByteBuffer()
      stream.dialect.announces(news, into: &buffer)
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
          stream.dialect.restarts(at: head, into: &buffer)
          return buffer
        case .events(let events):
          guard let last = events.last else { return nil }
          number = last.number
          cursor = number
          var buffer = ByteBuffer()
          for event in events where stream.hears(event) { stream.dialect.says(event, into: &buffer) }
          if buffer.readableBytes > 0 { return buffer }
        }
      }
    }
  }

  private func hears(_ event: LoggedEvent) -> Bool {
    includes(event.name) && event.rooms.contains(where: rooms.contains)
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
