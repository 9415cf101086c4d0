import CLinux
import Glibc

/// Opens sockets, says `ready`, and then for each line `COUNT RATE` on its standard input publishes that many messages at
/// that rate and prints the figures as one line of JSON. Ends with its input.
///
/// One thread. A message's time is the one at which it was meant to be sent, whatever came in between (open loop).
@main
struct Load {
  private let options: Options
  private var listeners: Listeners
  private var publisher: Publisher
  private let poll: Int32
  private let timer: Int32
  private let buffer: UnsafeMutableRawBufferPointer
  private var speaker: Int32 = -1

  private var intended: [Int64] = []
  private var firstMark = 0
  private var firstReceipts: [Int64] = []
  private var lastReceipts: [Int64] = []
  private var receipts = Figures()
  private var answers = Figures()
  private var lastReceipt: Int64 = 0

  private static let timerKey = UInt64.max
  private static let publisherKey: UInt64 = 1 << 32
  /// What a message begins with; everything else that a server says is not counted.
  private static let name: StaticString = "[\"alert:new\","

  static func main() {
    do {
      var load = try Load(Options(CommandLine.arguments))
      try load.connect()
      while let line = readLine(strippingNewline: true) {
        let words = line.split(separator: " ")
        guard words.count == 2, let count = Int(words[0]), let rate = Double(words[1]) else { break }
        try load.run(count: count, rate: rate)
      }
    } catch {
      print("{\"failure\":\"\(String(describing: error).filter { $0 != "\\" && $0 != "\"" })\"}")
      exit(1)
    }
  }

  private init(_ options: Options) throws {
    self.options = options
    var limit = rlimit(rlim_cur: 65536, rlim_max: 65536)
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    limit.rlim_cur = limit.rlim_max
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    poll = epoll_create1(0)
    timer = timerfd_create(CLOCK_MONOTONIC, 0)
    buffer = .allocate(byteCount: 1 << 20, alignment: 16)
    firstMark = options.first
    listeners = Listeners(options)
    publisher = Publisher(options)
    watch(timer, key: Self.timerKey)
  }

  private func watch(_ descriptor: Int32, key: UInt64) {
    var event = epoll_event()
    event.events = EPOLLIN.rawValue
    event.data.u64 = key
    epoll_ctl(poll, EPOLL_CTL_ADD, descriptor, &event)
  }

  private mutating func connect() throws {
    let began = Clock.monotonic()
    while listeners.ready < options.sockets {
      for index in try listeners.open() { watch(listeners.descriptor(index), key: UInt64(index)) }
      try step(atMost: 10_000)
      guard Clock.monotonic() - began < 180_000_000_000 else {
        throw Listeners.Failure(text: "connecting took too long")
      }
    }
    speaker = listeners.count > 0 ? listeners.descriptor(0) : -1
    print("{\"ready\":\(listeners.ready),\"seconds\":\(Double(Clock.monotonic() - began) / 1e9)}")
    fflush(nil)
  }

  /// Publishes and waits until every socket has heard every message, or 60 s after the last one was due.
  private mutating func run(count: Int, rate: Double) throws {
    receipts = Figures()
    answers = Figures()
    firstMark += intended.count
    let gap = 1e9 / rate
    let start = Clock.monotonic() + 20_000_000
    let wall = Clock.wall() - Clock.monotonic()
    intended = (0..<count).map { start + Int64(Double($0) * gap) }
    firstReceipts = Array(repeating: 0, count: count)
    lastReceipts = firstReceipts
    let cpu = Clock.cpuSeconds()
    let answeredBefore = publisher.answered
    var next = 0
    let deadline = (intended.last ?? start) + 60_000_000_000
    while receipts.count < count * options.sockets || publisher.answered - answeredBefore < count {
      var now = Clock.monotonic()
      while next < count, intended[next] <= now {
        try publisher.publish(firstMark + next, speaker: speaker)
        next += 1
        now = Clock.monotonic()
      }
      guard now < deadline else { break }
      if next < count { arm(intended[next]) }
      try step(atMost: next < count ? -1 : 1000)
    }
    let used = Clock.cpuSeconds() - cpu
    if !options.receipts.isEmpty {
      let lines = (0..<count).map {
        "\(Publisher.mark(firstMark + $0)) "
          + [intended[$0], firstReceipts[$0], lastReceipts[$0]].map { String(($0 + wall) / 1000) }.joined(separator: " ")
      }
      try File.write(lines.joined(separator: "\n"), to: options.receipts)
    }
    report(count: count, start: start, cpu: used)
  }

  private func report(count: Int, start: Int64, cpu: Double) {
    let seconds = Double(lastReceipt - start) / 1e9
    print(
      "{\"sockets\":\(options.sockets),\"messages\":\(count),\"delivered\":\(receipts.count),\"seconds\":\(seconds),"
        + "\"clientCPU\":\(cpu),\(receipts.json("receipt")),\(answers.json("answer"))}")
    fflush(nil)
  }

  private func arm(_ time: Int64) {
    var due = itimerspec()
    due.it_value = timespec(tv_sec: Int(time / 1_000_000_000), tv_nsec: Int(time % 1_000_000_000))
    timerfd_settime(timer, Int32(TFD_TIMER_ABSTIME), &due, nil)
  }

  /// Waits for something to happen and takes it all.
  private mutating func step(atMost milliseconds: Int32) throws {
    for (index, descriptor) in publisher.takeOpened() { watch(descriptor, key: Self.publisherKey | UInt64(index)) }
    try withUnsafeTemporaryAllocation(of: epoll_event.self, capacity: 512) { events in
      let count = epoll_wait(poll, events.baseAddress, 512, milliseconds)
      for position in 0..<max(0, Int(count)) {
        let key = events[position].data.u64
        if key == Self.timerKey {
          var expirations: UInt64 = 0
          read(timer, &expirations, 8)
        } else if key & Self.publisherKey != 0 {
          if let number = try publisher.receive(Int(key & 0xFFFF_FFFF), buffer), number >= firstMark {
            answers.add(nanoseconds: Clock.monotonic() - intended[number - firstMark])
          }
        } else {
          try hear(Int(key))
        }
      }
    }
  }

  private mutating func hear(_ index: Int) throws {
    let now = Clock.monotonic()
    try listeners.receive(index, buffer) { message in
      guard let mark = Self.mark(in: message) else { return }
      let number = mark - firstMark
      guard number >= 0, number < intended.count else { return }
      receipts.add(nanoseconds: now - intended[number])
      if firstReceipts[number] == 0 { firstReceipts[number] = now }
      lastReceipts[number] = now
      lastReceipt = now
    }
  }

  /// The number of a message, found after `"roomNumber":"B`; nil for anything else.
  private static func mark(in message: UnsafeRawBufferPointer) -> Int? {
    guard let base = message.baseAddress, message.count > 16, message[0] == 0x5B || message[2] == 0x5B else {
      return nil
    }
    guard memmem(base, 16, name.utf8Start, name.utf8CodeUnitCount) != nil else { return nil }
    let needle: StaticString = "\"roomNumber\":\"B"
    guard let found = memmem(base, message.count, needle.utf8Start, needle.utf8CodeUnitCount) else { return nil }
    let start = found - UnsafeMutableRawPointer(mutating: base) + needle.utf8CodeUnitCount
    guard start + 7 <= message.count else { return nil }
    return message[start..<start + 7].reduce(0) { $0 * 10 + Int($1) - 48 }
  }
}
