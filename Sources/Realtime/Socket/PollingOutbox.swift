package import NIOCore

/// The answer to one HTTP request of the polling transport.
package enum PollAnswer: Sendable, Equatable {
  /// 200 with packets.
  case payload(ByteBuffer)
  /// 200 `ok` to a POST.
  case accepted
  /// A refusal with its HTTP status.
  case refused(status: Int, message: String)

  package static let unknownSession = PollAnswer.refused(status: 400, message: "Session ID unknown")
  package static let overlap = PollAnswer.refused(status: 400, message: "Overlapping requests")
  package static let wrongTransport = PollAnswer.refused(status: 400, message: "Transport mismatch")
  package static let badPacket = PollAnswer.refused(status: 400, message: "Bad packet")
  package static let shuttingDown = PollAnswer.refused(status: 503, message: "Shutting down")
}

/// Packets that wait for the next GET of a polling client, in order and bounded, and the GET that waits for packets.
struct PollingOutbox {
  /// python-engineio takes a payload of more than 16 packets for an attack; the rest follows with the next GET.
  static let maximumPacketsPerAnswer = 16

  private(set) var packets: [ByteBuffer] = []
  private(set) var bytes = 0
  private(set) var waiter: EventLoopPromise<PollAnswer>?

  /// Queues one packet; false when more would wait than is allowed.
  mutating func append(_ packet: ByteBuffer, maximumBytes: Int) -> Bool {
    guard bytes + packet.readableBytes <= maximumBytes else { return false }
    packets.append(packet)
    bytes += packet.readableBytes + 1
    return true
  }

  /// Takes the waiting GET; false when one waits already.
  mutating func wait(_ promise: EventLoopPromise<PollAnswer>) -> Bool {
    guard waiter == nil else { return false }
    waiter = promise
    return true
  }

  /// Forgets the waiting GET if it is this one, because its connection is gone; what is queued stays queued.
  mutating func abandon(_ future: EventLoopFuture<PollAnswer>) {
    guard let waiter, waiter.futureResult == future else { return }
    self.waiter = nil
    waiter.succeed(.unknownSession)
  }

  /// Gives everything that is queued to the waiting GET, if there are both.
  mutating func flush() {
    guard !packets.isEmpty else { return }
    answer { $0.payload() }
  }

  /// Ends the waiting GET, with a noop if nothing is queued for it.
  mutating func release() {
    answer { $0.packets.isEmpty ? .payload(EnginePacket(.noop).encoded) : $0.payload() }
  }

  mutating func refuse(_ refusal: PollAnswer) { answer { _ in refusal } }

  /// Takes all queued packets, for the transport that follows.
  mutating func takeAll() -> [ByteBuffer] {
    defer {
      packets.removeAll()
      bytes = 0
    }
    return packets
  }

  private mutating func answer(_ make: (inout PollingOutbox) -> PollAnswer) {
    guard let waiter else { return }
    self.waiter = nil
    waiter.succeed(make(&self))
  }

  private mutating func payload() -> PollAnswer {
    var buffer = ByteBuffer()
    buffer.reserveCapacity(bytes)
    for (index, packet) in packets.prefix(Self.maximumPacketsPerAnswer).enumerated() {
      if index > 0 { buffer.writeInteger(EnginePacket.separator) }
      buffer.writeImmutableBuffer(packet)
      bytes -= packet.readableBytes + 1
    }
    packets.removeFirst(min(packets.count, Self.maximumPacketsPerAnswer))
    return .payload(buffer)
  }
}
