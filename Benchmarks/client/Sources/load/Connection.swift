import Glibc

/// One TCP connection to the server; reading goes through a buffer that all share.
struct Connection {
  enum Failure: Error { case system(String, Int32) }

  let descriptor: Int32
  /// What was read and is not a whole message yet.
  var rest: [UInt8] = []

  init(port: UInt16) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { throw Failure.system("socket", errno) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else { throw Failure.system("connect", errno) }
    var one: Int32 = 1
    setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
  }

  /// Small messages only: they always fit into the kernel's buffer.
  func send(_ bytes: [UInt8]) throws {
    guard write(descriptor, bytes, bytes.count) == bytes.count else { throw Failure.system("write", errno) }
  }

  func send(_ text: String) throws { try send(Array(text.utf8)) }

  /// Gives what has arrived to `body`, which tells how much of it was whole; the rest is kept for the next time.
  mutating func receive(
    _ buffer: UnsafeMutableRawBufferPointer, _ body: (UnsafeRawBufferPointer) throws -> Int
  ) throws {
    guard let base = buffer.baseAddress else { return }
    let kept = rest.count
    if kept > 0 { rest.withUnsafeBytes { buffer.copyMemory(from: $0) } }
    let count = read(descriptor, base + kept, buffer.count - kept)
    guard count > 0 else { throw Failure.system("the server closed the connection", count < 0 ? errno : 0) }
    let all = UnsafeRawBufferPointer(start: base, count: kept + count)
    let used = try body(all)
    if used < all.count {
      rest = Array(all[used...])
    } else if kept > 0 {
      rest = []
    }
  }
}

/// WebSocket frames (RFC 6455): masked by a key of zeroes on the way out, unmasked on the way in.
enum Frame {
  static func text(_ text: String) -> [UInt8] {
    let body = Array(text.utf8)
    var frame: [UInt8] = [0x81]
    if body.count < 126 {
      frame.append(0x80 | UInt8(body.count))
    } else {
      frame += [0x80 | 126, UInt8(body.count >> 8), UInt8(body.count & 255)]
    }
    return frame + [0, 0, 0, 0] + body
  }

  /// Calls `body` with each whole frame's opcode and payload; the number of bytes that they took.
  static func each(
    _ bytes: UnsafeRawBufferPointer, _ body: (UInt8, UnsafeRawBufferPointer) throws -> Void
  ) rethrows -> Int {
    var position = 0
    while bytes.count - position >= 2 {
      var length = Int(bytes[position + 1] & 127)
      var header = 2
      if length == 126 {
        guard bytes.count - position >= 4 else { break }
        length = Int(bytes[position + 2]) << 8 | Int(bytes[position + 3])
        header = 4
      } else if length == 127 {
        guard bytes.count - position >= 10 else { break }
        length = (2..<10).reduce(0) { $0 << 8 | Int(bytes[position + $1]) }
        header = 10
      }
      guard bytes.count - position >= header + length else { break }
      let start = position + header
      try body(bytes[position] & 15, UnsafeRawBufferPointer(rebasing: bytes[start..<start + length]))
      position = start + length
    }
    return position
  }
}
