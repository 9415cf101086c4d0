import CHiredis
import Core
import Glibc

/// One connection: an actor that owns hiredis' context and runs on a thread of its own.
///
/// Each call has a deadline and never waits longer; whatever goes wrong closes the connection, since an answer that
/// comes later would be taken for that of the next command.
actor RedisConnection {
  nonisolated let executor: ThreadExecutor
  private var handle: Handle?

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  private final class Handle {
    let raw: UnsafeMutablePointer<redisContext>
    init(_ raw: UnsafeMutablePointer<redisContext>) { self.raw = raw }
    deinit { redisFree(raw) }
  }

  /// A value of ours is far smaller: whatever sends more is no Redis of Ward's.
  private static let largestAnswer = 64 << 20

  static func open(_ address: RedisAddress, timeout: Duration) async throws(RedisError) -> RedisConnection {
    let connection = try RedisConnection()
    try await connection.connect(address, timeout: timeout)
    return connection
  }

  private init() throws(RedisError) {
    do {
      executor = try ThreadExecutor()
    } catch {
      throw .notConnected("the system has no thread left")
    }
  }

  private func connect(_ address: RedisAddress, timeout: Duration) throws(RedisError) {
    Self.ignoreBrokenPipes()
    let deadline = ContinuousClock.now + timeout
    let limit = timeval(
      tv_sec: Int(timeout.components.seconds), tv_usec: Int(timeout.components.attoseconds / 1_000_000_000_000))
    let made =
      switch address.place {
      case .host(let host, let port): redisConnectWithTimeout(host, Int32(port), limit)
      case .socket(let path): redisConnectUnixWithTimeout(path, limit)
      }
    guard let made else { throw .notConnected("out of memory") }
    let handle = Handle(made)
    guard made.pointee.err == 0 else { throw .notConnected(Self.reason(made)) }
    // From here on nothing blocks but `poll`, which knows the deadline.
    made.pointee.flags &= ~REDIS_BLOCK
    guard fcntl(made.pointee.fd, F_SETFL, fcntl(made.pointee.fd, F_GETFL) | O_NONBLOCK) == 0 else {
      throw .notConnected("the socket cannot be told not to block")
    }
    self.handle = handle
    var greeting: [RedisCommand] = []
    if let password = address.password {
      greeting.append(address.user.map { RedisCommand("AUTH", $0, password) } ?? RedisCommand("AUTH", password))
    }
    if address.database != 0 { greeting.append(RedisCommand("SELECT", String(address.database))) }
    greeting.append(RedisCommand("CLIENT", "SETNAME", "ward"))
    for answer in try run(greeting, until: deadline) {
      if let refusal = answer.refusal {
        handle.raw.pointee.err = 0
        close()
        throw .notConnected(String(refusal.prefix(100)))
      }
    }
  }

  func close() { handle = nil }

  /// Sends the commands in one go and waits for all answers, until the deadline.
  func run(_ commands: [RedisCommand], until deadline: ContinuousClock.Instant) throws(RedisError) -> [RedisValue] {
    do throws(RedisError) {
      guard let raw = handle?.raw else { throw .connectionLost }
      for command in commands { try Self.append(command, to: raw) }
      try Self.flush(raw, until: deadline)
      var answers: [RedisValue] = []
      answers.reserveCapacity(commands.count)
      while answers.count < commands.count { answers.append(try Self.answer(raw, until: deadline)) }
      return answers
    } catch {
      close()
      throw error
    }
  }

  /// Notices that Redis closed an unused connection before anything is sent on it.
  func isAlive() -> Bool {
    guard let raw = handle?.raw else { return false }
    guard Self.wait(raw.pointee.fd, for: POLLIN, milliseconds: 0) else { return true }
    close()
    return false
  }

  private static func append(
    _ command: RedisCommand, to raw: UnsafeMutablePointer<redisContext>
  ) throws(RedisError) {
    let bytes = command.arguments.flatMap { $0 }
    let lengths = command.arguments.map(\.count)
    let status = bytes.withUnsafeBytes { block in
      var start = 0
      let pointers: [UnsafePointer<CChar>?] = lengths.map { length in
        defer { start += length }
        // An empty argument has no first byte; any address does for it.
        return length == 0 ? nil : block.baseAddress?.advanced(by: start).assumingMemoryBound(to: CChar.self)
      }
      var arguments = pointers
      return arguments.withUnsafeMutableBufferPointer { arguments in
        redisAppendCommandArgv(raw, Int32(lengths.count), arguments.baseAddress, lengths)
      }
    }
    guard status == REDIS_OK else { throw .connectionLost }
  }

  private static func flush(
    _ raw: UnsafeMutablePointer<redisContext>, until deadline: ContinuousClock.Instant
  ) throws(RedisError) {
    var isDone: Int32 = 0
    while true {
      guard redisBufferWrite(raw, &isDone) == REDIS_OK else { throw .connectionLost }
      if isDone != 0 { return }
      guard wait(raw.pointee.fd, for: POLLOUT, until: deadline) else { throw .timedOut }
    }
  }

  private static func answer(
    _ raw: UnsafeMutablePointer<redisContext>, until deadline: ContinuousClock.Instant
  ) throws(RedisError) -> RedisValue {
    while true {
      var reply: UnsafeMutableRawPointer?
      guard redisGetReplyFromReader(raw, &reply) == REDIS_OK else { throw .unreadable }
      if let reply {
        defer { freeReplyObject(reply) }
        return value(reply.assumingMemoryBound(to: redisReply.self).pointee)
      }
      guard (raw.pointee.reader?.pointee.len ?? 0) < largestAnswer else { throw .unreadable }
      guard wait(raw.pointee.fd, for: POLLIN, until: deadline) else { throw .timedOut }
      guard redisBufferRead(raw) == REDIS_OK else { throw .connectionLost }
    }
  }

  private static func value(_ reply: redisReply) -> RedisValue {
    switch reply.type {
    case REDIS_REPLY_INTEGER: return .integer(reply.integer)
    case REDIS_REPLY_STRING: return .bytes(bytes(reply))
    case REDIS_REPLY_STATUS: return .bytes(bytes(reply))
    case REDIS_REPLY_ERROR: return .refusal(String(decoding: bytes(reply), as: UTF8.self))
    case REDIS_REPLY_ARRAY:
      return .array(
        (0..<reply.elements).map { index in
          guard let element = reply.element?[index] else { return .null }
          return value(element.pointee)
        })
    default: return .null
    }
  }

  private static func bytes(_ reply: redisReply) -> [UInt8] {
    guard let start = reply.str else { return [] }
    return Array(UnsafeRawBufferPointer(start: start, count: reply.len))
  }

  private static func reason(_ raw: UnsafeMutablePointer<redisContext>) -> String {
    withUnsafeBytes(of: raw.pointee.errstr) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }

  private static func wait(_ socket: Int32, for events: Int32, until deadline: ContinuousClock.Instant) -> Bool {
    while true {
      let left = ContinuousClock.now.duration(to: deadline)
      guard left > .zero else { return false }
      let milliseconds = left.components.seconds * 1000 + left.components.attoseconds / 1_000_000_000_000_000 + 1
      if wait(socket, for: events, milliseconds: Int32(clamping: milliseconds)) { return true }
    }
  }

  private static func wait(_ socket: Int32, for events: Int32, milliseconds: Int32) -> Bool {
    var descriptor = pollfd(fd: socket, events: Int16(truncatingIfNeeded: events), revents: 0)
    while true {
      let count = poll(&descriptor, 1, milliseconds)
      if count >= 0 { return count > 0 }
      // A signal interrupts the wait; anything else shows up as an error of the socket.
      if errno != EINTR { return true }
    }
  }

  /// hiredis writes with `write`, which would end the process when Redis has gone; the signal belongs to this thread.
  private static func ignoreBrokenPipes() {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
  }
}
