import CLibpq
import Core
import Glibc

/// One connection: an actor that owns libpq's handle and runs on a thread of its own.
///
/// Everything here blocks its thread and nobody else's. The connection stays in pipeline mode between calls; whoever
/// leaves that mode comes back to it.
actor Connection {
  nonisolated let executor: ThreadExecutor
  let configuration: PostgresConfiguration
  let observer: PostgresObserver
  var handle: Handle?
  var cache: StatementCache
  var steps: [PipelineStep] = []
  var nextStep = 0
  var unsent = false
  var lastAnswer = ContinuousClock.now

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  /// Closes the connection when the last owner is gone, whatever happened before.
  final class Handle {
    let raw: OpaquePointer
    init(_ raw: OpaquePointer) { self.raw = raw }
    deinit { PQfinish(raw) }
  }

  /// Connects within `connectTimeoutSeconds`.
  static func open(
    _ configuration: PostgresConfiguration, observer: PostgresObserver
  ) async throws(PostgresError) -> Connection {
    let connection = try Connection(configuration, observer: observer)
    try await connection.connect()
    return connection
  }

  private init(_ configuration: PostgresConfiguration, observer: PostgresObserver) throws(PostgresError) {
    do {
      executor = try ThreadExecutor()
    } catch {
      throw .connectFailed(reason: "the system has no thread left")
    }
    self.configuration = configuration
    self.observer = observer
    cache = StatementCache(limit: configuration.statementCacheSize)
  }

  private func connect() throws(PostgresError) {
    let parameters = try ConnectionParameters(configuration)
    guard let raw = parameters.withPointers({ PQconnectStartParams($0, $1, 0) }) else {
      throw .connectFailed(reason: "out of memory")
    }
    let handle = Handle(raw)
    // libpq would print the server's notices to stderr, and they may quote values.
    PQsetNoticeProcessor(raw, { _, _ in }, nil)
    guard PQstatus(raw) != CONNECTION_BAD else { throw Self.failure(raw) }
    let deadline = ContinuousClock.now + .seconds(configuration.connectTimeoutSeconds)
    var progress = PGRES_POLLING_WRITING
    while progress != PGRES_POLLING_OK {
      guard progress != PGRES_POLLING_FAILED else { throw Self.failure(raw) }
      let events = progress == PGRES_POLLING_READING ? POLLIN : POLLOUT
      guard Self.wait(PQsocket(raw), for: events, until: deadline) != 0 else {
        throw .connectFailed(reason: "no answer within \(configuration.connectTimeoutSeconds) s")
      }
      progress = PQconnectPoll(raw)
    }
    guard PQsetnonblocking(raw, 1) == 0, PQenterPipelineMode(raw) == 1 else { throw Self.failure(raw) }
    self.handle = handle
  }

  func close() { handle = nil }

  var isOpen: Bool { handle.map { PQstatus($0.raw) == CONNECTION_OK } ?? false }

  /// True when the next caller may have the connection: no transaction is open and no answer outstanding.
  var isClean: Bool {
    guard isOpen, let raw = handle?.raw else { return false }
    return PQtransactionStatus(raw) == PQTRANS_IDLE && PQpipelineStatus(raw) == PQ_PIPELINE_ON
  }

  /// Notices that the server closed an unused connection before anything is sent on it.
  ///
  /// A server that says anything unasked is about to go (or was reconfigured, where a new connection does no harm).
  func isAlive() -> Bool {
    guard isOpen, let raw = handle?.raw else { return false }
    guard Self.wait(PQsocket(raw), for: POLLIN, milliseconds: 0) != 0 else { return true }
    close()
    return false
  }

  private static func failure(_ raw: OpaquePointer) -> PostgresError {
    let text = PQerrorMessage(raw).map { String(cString: $0) } ?? "no reason given"
    let line = text.split(separator: "\n").first.map(String.init) ?? text
    return .connectFailed(reason: String(line.prefix(300)))
  }
}

extension Connection {
  /// Waits for the socket; the events that came, or 0 when the deadline passed (nil waits without end).
  static func wait(_ socket: Int32, for events: Int32, until deadline: ContinuousClock.Instant?) -> Int32 {
    guard let deadline else { return wait(socket, for: events, milliseconds: -1) }
    while true {
      let left = ContinuousClock.now.duration(to: deadline)
      guard left > .zero else { return 0 }
      let milliseconds = left.components.seconds * 1000 + left.components.attoseconds / 1_000_000_000_000_000 + 1
      let ready = wait(socket, for: events, milliseconds: Int32(clamping: milliseconds))
      if ready != 0 { return ready }
    }
  }

  static func wait(_ socket: Int32, for events: Int32, milliseconds: Int32) -> Int32 {
    var descriptor = pollfd(fd: socket, events: Int16(truncatingIfNeeded: events), revents: 0)
    while true {
      let count = poll(&descriptor, 1, milliseconds)
      if count > 0 { return Int32(descriptor.revents) }
      if count == 0 { return 0 }
      // A signal interrupts the wait; anything else shows up as an error of the socket.
      if errno != EINTR { return Int32(POLLERR) }
    }
  }
}
