/// Which channels are free and who waits for one: pure. Never more than `most` are open.
struct ChannelLine<Waiter> {
  enum Place {
    case free(UInt16)
    /// One more may be opened.
    case new(UInt16)
    case wait
  }

  private(set) var idle: [UInt16] = []
  private(set) var open = 0
  private(set) var waiting: [Waiter] = []
  let first: UInt16
  let most: Int

  init(first: UInt16, most: Int) {
    self.first = first
    self.most = most
  }

  var busy: Int { open - idle.count }

  mutating func take() -> Place {
    if let channel = idle.popLast() { return .free(channel) }
    guard open < most else { return .wait }
    open += 1
    return .new(first + UInt16(open - 1))
  }

  mutating func wait(_ waiter: Waiter) { waiting.append(waiter) }

  /// The one who waits longest gets the channel, else it is free.
  mutating func giveBack(_ channel: UInt16) -> Waiter? {
    guard waiting.isEmpty else { return waiting.removeFirst() }
    idle.append(channel)
    return nil
  }

  /// All who wait, when there will be no channel any more.
  mutating func dissolve() -> [Waiter] {
    defer { waiting = [] }
    return waiting
  }
}
