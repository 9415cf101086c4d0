import Glibc

/// Sends the messages: each as a POST on a free connection of several, or all on one socket.
struct Publisher {
  struct Failure: Error { let text: String }

  private let options: Options
  private var connections: [Connection] = []
  private var messages: [Int?] = []
  private var free: [Int] = []
  /// Messages whose time has come and for which no connection is free.
  private var line: [Int] = []
  private var lineStart = 0
  private var opened: [(index: Int, descriptor: Int32)] = []
  private var openCount = 0
  private(set) var answered = 0
  private let token: String

  init(_ options: Options) {
    self.options = options
    token = options.tokens.first ?? ""
  }

  /// The connections that were opened since the last time, for the loop to watch.
  mutating func takeOpened() -> [(index: Int, descriptor: Int32)] {
    defer { opened = [] }
    return opened
  }

  /// The mark by which a message is known everywhere: eight characters.
  static func mark(_ number: Int) -> String {
    let digits = String(number)
    return "B" + String(repeating: "0", count: 7 - digits.count) + digits
  }

  /// Sends the message at once, or as soon as a connection is free. `speaker` is the socket that speaks.
  mutating func publish(_ number: Int, speaker: Int32) throws {
    if options.publishing == .socket {
      let parts = options.message.split(separator: "@@@@@@@@", omittingEmptySubsequences: false)
      let bytes = Frame.text(parts.joined(separator: Self.mark(number)))
      guard write(speaker, bytes, bytes.count) == bytes.count else { throw Failure(text: "the speaker cannot write") }
      answered += 1
      return
    }
    line.append(number)
    try advance()
  }

  private mutating func advance() throws {
    while lineStart < line.count, let index = try free.popLast() ?? open() {
      let number = line[lineStart]
      lineStart += 1
      let body = "{\"roomNumber\":\"\(Self.mark(number))\",\"alertType\":\"fall\",\"urgencyLevel\":3}"
      try connections[index].send(
        "POST /api/v1/alerts HTTP/1.1\r\nHost: 127.0.0.1:\(options.port)\r\nAuthorization: Bearer \(token)\r\n"
          + "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
      messages[index] = number
    }
  }

  /// One more connection, if there may be one.
  private mutating func open() throws -> Int? {
    guard openCount < options.connections else { return nil }
    openCount += 1
    connections.append(try Connection(port: options.port))
    messages.append(nil)
    opened.append((connections.count - 1, connections[connections.count - 1].descriptor))
    return connections.count - 1
  }

  /// A server may close what nobody uses.
  private mutating func closed(_ index: Int) throws {
    guard messages[index] == nil else { throw Failure(text: "the server closed a connection without an answer") }
    close(connections[index].descriptor)
    free.removeAll { $0 == index }
    openCount -= 1
  }

  /// Takes what arrived on one connection; the number of the message whose answer is complete.
  mutating func receive(_ index: Int, _ buffer: UnsafeMutableRawBufferPointer) throws -> Int? {
    var isComplete = false
    do {
      try connections[index].receive(buffer) { bytes in
        guard let length = try Self.length(of: bytes) else { return 0 }
        isComplete = true
        return length
      }
    } catch is Connection.Failure {
      try closed(index)
      return nil
    }
    guard isComplete else { return nil }
    let number = messages[index]
    messages[index] = nil
    free.append(index)
    answered += 1
    try advance()
    return number
  }

  /// How many bytes the answer has; nil when it is not here yet.
  private static func length(of bytes: UnsafeRawBufferPointer) throws -> Int? {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let head = text.firstRange(of: "\r\n\r\n") else { return nil }
    guard text.hasPrefix("HTTP/1.1 201") else { throw Failure(text: String(text.prefix(400))) }
    for line in text[..<head.lowerBound].split(separator: "\r\n") {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2, parts[0].lowercased() == "content-length" else { continue }
      let body = Int(parts[1].drop { $0 == " " }) ?? 0
      let all = text.utf8.distance(from: text.startIndex, to: head.upperBound) + body
      return bytes.count >= all ? all : nil
    }
    throw Failure(text: "an answer without a length")
  }
}
