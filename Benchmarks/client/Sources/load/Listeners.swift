import Glibc

/// The sockets that hear the messages: opened a few at a time, each signed in and subscribed before it counts.
struct Listeners {
  enum Stage { case upgrading, connecting, subscribing, ready }
  struct Failure: Error { let text: String }

  private let options: Options
  private var connections: [Connection] = []
  private var stages: [Stage] = []
  private(set) var ready = 0
  private static let atOnce = 40

  init(_ options: Options) { self.options = options }

  var count: Int { connections.count }
  func descriptor(_ index: Int) -> Int32 { connections[index].descriptor }

  /// Opens the next sockets, as many as may be under way; their indices.
  mutating func open() throws -> Range<Int> {
    let first = connections.count
    while connections.count < options.sockets, connections.count - ready < Self.atOnce {
      let connection = try Connection(port: options.port)
      try connection.send(
        "GET \(options.path) HTTP/1.1\r\nHost: 127.0.0.1:\(options.port)\r\nUpgrade: websocket\r\n"
          + "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
      connections.append(connection)
      stages.append(.upgrading)
    }
    return first..<connections.count
  }

  /// Takes what arrived on one socket; `heard` is given each message's bytes.
  mutating func receive(
    _ index: Int, _ buffer: UnsafeMutableRawBufferPointer, _ heard: (UnsafeRawBufferPointer) -> Void
  ) throws {
    var stage = stages[index]
    let (connection, options) = (connections[index], self.options)
    try connections[index].receive(buffer) { bytes in
      var start = 0
      if stage == .upgrading {
        guard let end = Self.end(ofHead: bytes) else { return 0 }
        guard bytes.count > 12, bytes[9] == 0x31, bytes[10] == 0x30, bytes[11] == 0x31 else {
          throw Failure(text: String(decoding: bytes.prefix(200), as: UTF8.self))
        }
        start = end
        stage = options.isSocketIO ? .connecting : .ready
      }
      return start
        + (try Frame.each(UnsafeRawBufferPointer(rebasing: bytes[start...])) { opcode, payload in
          if opcode == 8 { throw Failure(text: "the server closed socket \(index)") }
          if options.isSocketIO, try Self.answer(payload, connection, options, index, &stage) { return }
          heard(payload)
        })
    }
    if stage == .ready, stages[index] != .ready { ready += 1 }
    stages[index] = stage
  }

  /// Engine.IO's and Socket.IO's own packets; false when it is a message for the listener.
  private static func answer(
    _ payload: UnsafeRawBufferPointer, _ connection: Connection, _ options: Options, _ index: Int, _ stage: inout Stage
  ) throws -> Bool {
    guard let first = payload.first else { return true }
    let second = payload.count > 1 ? payload[1] : 0
    switch (first, second) {
    case (0x30, _):  // open
      let token = options.tokens.isEmpty ? "" : "{\"token\":\"\(options.tokens[index % options.tokens.count])\"}"
      try connection.send(Frame.text("40" + token))
    case (0x32, _): try connection.send(Frame.text("3"))  // ping
    case (0x34, 0x30):  // connected
      stage = options.hospital.isEmpty ? .ready : .subscribing
      if !options.hospital.isEmpty {
        try connection.send(Frame.text("420[\"subscribe:alerts\",{\"hospitalId\":\"\(options.hospital)\"}]"))
      }
    case (0x34, 0x33): stage = .ready  // acknowledged
    case (0x34, 0x34): throw Failure(text: String(decoding: payload, as: UTF8.self))
    default: return false
    }
    return true
  }

  private static func end(ofHead bytes: UnsafeRawBufferPointer) -> Int? {
    guard bytes.count >= 4 else { return nil }
    for index in 3..<bytes.count
    where bytes[index] == 10 && bytes[index - 1] == 13 && bytes[index - 2] == 10 && bytes[index - 3] == 13 {
      return index + 1
    }
    return nil
  }
}
