import CRabbitMQ
import Glibc

/// A message that arrived and is to be settled on the connection that brought it.
package struct BrokerDelivery: Sendable {
  package let queue: BrokerQueue
  package let text: String
  package let isRedelivered: Bool
  let tag: UInt64
  let channel: UInt16
  let connection: BrokerConnection

  /// It is dealt with. On a connection that is gone this does nothing: the broker delivers again.
  package func acknowledge() async { await connection.settle(self, .acknowledge) }
  /// Nobody can deal with it: to the dead letters.
  package func reject() async { await connection.settle(self, .reject) }
}

/// One connection: an actor that owns rabbitmq-c's handle and runs on a thread of its own, publishing and hearing at once.
///
/// Channel 1 declares and looks, one for each queue consumes, the rest are a pool to publish on: 10 in all.
actor BrokerConnection {
  typealias Waiter = CheckedContinuation<UInt16?, Never>
  static let control: UInt16 = 1

  nonisolated let executor: PollingExecutor
  private(set) var handle: Handle?
  private(set) var line = ChannelLine<Waiter>(
    first: 2 + UInt16(BrokerQueue.allCases.count), most: BrokerLimits.channels - 1 - BrokerQueue.allCases.count)
  var publishing: [UInt16: Publishing] = [:]
  var incoming: [UInt16: Incoming] = [:]
  var consuming: [UInt16: BrokerQueue] = [:]
  private(set) var isBlocked = false
  private let delivered: @Sendable (BrokerDelivery) -> Void
  private let ended: @Sendable (String) -> Void

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  /// Frees the handle when the last owner is gone, whatever happened before.
  final class Handle {
    let raw: amqp_connection_state_t
    init(_ raw: amqp_connection_state_t) { self.raw = raw }
    deinit { amqp_destroy_connection(raw) }
  }

  /// A batch on its way on one channel.
  struct Publishing {
    var confirms = Confirms()
    var deadline: ContinuousClock.Instant?
    var waiter: CheckedContinuation<Void, Never>?
  }

  /// Connects and declares exchanges and queues within a few seconds. `ended` is called once.
  static func open(
    _ address: BrokerAddress, delivered: @escaping @Sendable (BrokerDelivery) -> Void,
    ended: @escaping @Sendable (String) -> Void
  ) async throws(BrokerError) -> BrokerConnection {
    let connection = try BrokerConnection(delivered, ended)
    try await connection.connect(address)
    return connection
  }

  private init(
    _ delivered: @escaping @Sendable (BrokerDelivery) -> Void, _ ended: @escaping @Sendable (String) -> Void
  ) throws(BrokerError) {
    executor = try PollingExecutor()
    self.delivered = delivered
    self.ended = ended
  }

  private func connect(_ address: BrokerAddress) throws(BrokerError) {
    guard let raw = amqp_new_connection() else { throw .connectFailed(reason: "out of memory") }
    let handle = Handle(raw)
    let status = ward_amqp_open(
      raw, address.host, Int32(address.port), address.certificates, address.vhost, address.user, address.password,
      Int32(BrokerLimits.channels), BrokerLimits.heartbeatSeconds, BrokerLimits.answerSeconds)
    guard status == 0 else { throw .connectFailed(reason: Self.words(status)) }
    let socket = amqp_get_sockfd(raw)
    // A peer that takes nothing any more is noticed by the kernel, too.
    var milliseconds = UInt32(BrokerLimits.answerSeconds) * 2000
    setsockopt(socket, Int32(IPPROTO_TCP), TCP_USER_TIMEOUT, &milliseconds, socklen_t(MemoryLayout<UInt32>.size))
    self.handle = handle
    do {
      try declare()
    } catch {
      self.handle = nil
      throw .connectFailed(reason: "exchanges and queues cannot be declared (\(error))")
    }
    executor.watch(socket) { [weak self] in self?.assumeIsolated { $0.hear() } }
  }

  private func declare() throws(BrokerError) {
    guard let raw = handle?.raw else { throw .notConnected }
    try check(ward_amqp_confirmed_channel(raw, Self.control, 0))
    try check(ward_amqp_exchange(raw, Self.control, BrokerQueue.deadExchange))
    try check(ward_amqp_exchange(raw, Self.control, BrokerQueue.exchange))
    try check(
      ward_amqp_queue(
        raw, Self.control, BrokerQueue.deadQueue, BrokerQueue.deadExchange, nil, nil, 0, BrokerLimits.deadLength,
        BrokerLimits.deadMilliseconds))
    for queue in BrokerQueue.allCases {
      try check(
        ward_amqp_queue(
          raw, Self.control, queue.name, BrokerQueue.exchange, BrokerQueue.deadExchange, BrokerQueue.deadQueue,
          BrokerLimits.deliveries, BrokerLimits.queueLength, 0))
    }
  }

  /// Messages of every queue come from now on, at most `prefetch` of each that are not settled.
  func consume(prefetch: UInt16) throws(BrokerError) {
    guard let raw = handle?.raw else { throw .notConnected }
    for (index, queue) in BrokerQueue.allCases.enumerated() {
      let channel = Self.control + 1 + UInt16(index)
      try check(ward_amqp_confirmed_channel(raw, channel, 0))
      consuming[channel] = queue
      try check(ward_amqp_consume(raw, channel, queue.name, prefetch))
    }
    hear()
  }

  enum Settlement { case acknowledge, reject }

  func settle(_ delivery: BrokerDelivery, _ settlement: Settlement) {
    guard let raw = handle?.raw else { return }
    let status =
      switch settlement {
      case .acknowledge: amqp_basic_ack(raw, delivery.channel, delivery.tag, 0)
      case .reject: amqp_basic_reject(raw, delivery.channel, delivery.tag, 0)
      }
    if status != 0 { lose(Self.words(status)) }
  }

  /// What the broker says of itself, such as `3.10.8`; nil where it says nothing.
  var version: String? {
    guard let raw = handle?.raw else { return nil }
    var text = [CChar](repeating: 0, count: 50)
    guard ward_amqp_version(raw, &text, text.count) == 1 else { return nil }
    return String(validating: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Depth and live consumers of a queue.
  func look(at name: String) throws(BrokerError) -> (messages: Int, consumers: Int) {
    guard let raw = handle?.raw else { throw .notConnected }
    var messages: UInt32 = 0
    var consumers: UInt32 = 0
    try check(ward_amqp_look(raw, Self.control, name, &messages, &consumers))
    hear()
    return (Int(messages), Int(consumers))
  }

  /// Channels that are open, and those of the pool that are in use.
  var channels: (open: Int, publishing: Int) {
    (handle == nil ? 0 : 1 + consuming.count + line.open, line.busy)
  }

  var isOpen: Bool { handle != nil }

  func close() {
    guard let raw = handle?.raw else { return }
    _ = ward_amqp_close(raw)
    lose("closed")
  }

  /// A negative or unexpected answer ends the connection: what it stands at is not known any more.
  func check(_ status: Int32) throws(BrokerError) {
    guard status != 0 else { return }
    let words = Self.words(status)
    lose(words)
    throw .connectionLost(reason: words)
  }

  func lose(_ reason: String) {
    guard handle != nil else { return }
    executor.unwatch()
    handle = nil
    let waiters = publishing.values.compactMap(\.waiter)
    for channel in publishing.keys { publishing[channel]?.waiter = nil }
    for waiter in waiters { waiter.resume() }
    for waiter in line.dissolve() { waiter.resume(returning: nil) }
    ended(reason)
  }

  static func words(_ status: Int32) -> String {
    if status > 0 { return "the broker answered \(status)" }
    return amqp_error_string2(status).map { String(cString: $0) } ?? "unknown"
  }
}

extension BrokerConnection {
  func takeChannel() async -> UInt16? {
    switch line.take() {
    case .free(let channel): return channel
    case .new(let channel):
      guard let raw = handle?.raw else { return nil }
      do {
        try check(ward_amqp_confirmed_channel(raw, channel, 1))
        hear()
      } catch { return nil }
      publishing[channel] = Publishing()
      return channel
    case .wait: return await withCheckedContinuation { line.wait($0) }
    }
  }

  func giveBack(_ channel: UInt16) {
    guard handle != nil else { return }
    line.giveBack(channel)?.resume(returning: channel)
  }

  /// Takes every frame that is there; called when the socket has something and a few times a second.
  func hear() {
    while let raw = handle?.raw {
      var frame = ward_amqp_frame()
      let status = ward_amqp_next(raw, &frame)
      if status == AMQP_STATUS_TIMEOUT.rawValue { break }
      guard status == AMQP_STATUS_OK.rawValue else { return lose(Self.words(status)) }
      take(frame)
      if handle != nil { amqp_maybe_release_buffers(raw) }
    }
    expire()
  }

  private func take(_ frame: ward_amqp_frame) {
    switch ward_amqp_kind(UInt32(bitPattern: frame.kind)) {
    case WARD_AMQP_DELIVER:
      incoming[frame.channel] = Incoming(.delivery(tag: frame.tag, redelivered: frame.redelivered != 0))
    case WARD_AMQP_RETURN: incoming[frame.channel] = Incoming(.comeback)
    case WARD_AMQP_HEADER:
      incoming[frame.channel]?.header(frame.size)
      finish(frame.channel)
    case WARD_AMQP_BODY:
      incoming[frame.channel]?.body(UnsafeBufferPointer(start: frame.bytes, count: frame.count))
      finish(frame.channel)
    case WARD_AMQP_ACK, WARD_AMQP_NACK:
      let isTaken = frame.kind == Int32(bitPattern: WARD_AMQP_ACK.rawValue)
      publishing[frame.channel]?.confirms.answered(frame.tag, multiple: frame.multiple != 0, isTaken: isTaken)
      wakePublisher(frame.channel)
    case WARD_AMQP_BLOCKED: isBlocked = true
    case WARD_AMQP_UNBLOCKED: isBlocked = false
    case WARD_AMQP_ENDED: lose("the broker ended it (\(frame.code))")
    default: break
    }
  }

  private func finish(_ channel: UInt16) {
    guard let message = incoming[channel], message.isWhole else { return }
    incoming[channel] = nil
    switch message.kind {
    case .comeback: publishing[channel]?.confirms.cameBack(message.text ?? "")
    case .delivery(let tag, let redelivered):
      guard let queue = consuming[channel] else { return }
      let delivery = BrokerDelivery(
        queue: queue, text: message.text ?? "", isRedelivered: redelivered, tag: tag, channel: channel,
        connection: self)
      if message.text == nil { settle(delivery, .reject) } else { delivered(delivery) }
    }
  }
}
