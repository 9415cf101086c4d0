/// The message that a channel is in the middle of receiving: method, then header, then as many body frames as it takes.
struct Incoming {
  enum Kind { case delivery(tag: UInt64, redelivered: Bool), comeback }

  let kind: Kind
  private(set) var size: UInt64?
  private(set) var bytes: [UInt8] = []
  private var count: UInt64 = 0

  init(_ kind: Kind) { self.kind = kind }

  mutating func header(_ size: UInt64) { self.size = size }

  /// Bytes above the limit are counted and not kept.
  mutating func body(_ part: UnsafeBufferPointer<UInt8>) {
    count = count.addingReportingOverflow(UInt64(part.count)).partialValue
    let room = BrokerLimits.bodyBytes + 1 - bytes.count
    bytes += part.prefix(max(0, room))
  }

  var isWhole: Bool { size.map { count >= $0 } ?? false }

  /// The text; nil when it is no message of ours.
  var text: String? {
    guard let size, size <= UInt64(BrokerLimits.bodyBytes), count == size else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }
}
