import NIOCore
import NIOEmbedded
import Testing

@testable import Realtime

@Suite("The outbox of a polling client")
struct PollingOutboxTests {
  private let loop = EmbeddedEventLoop()

  private func ask(_ outbox: inout PollingOutbox) -> (EventLoopFuture<PollAnswer>, Bool) {
    let promise = loop.makePromise(of: PollAnswer.self)
    let accepted = outbox.wait(promise)
    if !accepted { promise.succeed(.overlap) }
    return (promise.futureResult, accepted)
  }

  @Test("147: what was queued before and between GETs arrives once and in order")
  func order() throws {
    var outbox = PollingOutbox()
    #expect(outbox.append(ByteBuffer(string: "4a"), maximumBytes: 100) == true)
    #expect(outbox.append(ByteBuffer(string: "4b"), maximumBytes: 100) == true)
    let (first, _) = ask(&outbox)
    outbox.flush()
    #expect(try first.wait() == .payload(ByteBuffer(string: "4a\u{1e}4b")))
    let (second, _) = ask(&outbox)
    outbox.flush()
    #expect(outbox.waiter != nil)
    #expect(outbox.append(ByteBuffer(string: "4c"), maximumBytes: 100) == true)
    outbox.flush()
    #expect(try second.wait() == .payload(ByteBuffer(string: "4c")))
    #expect(outbox.bytes == 0 && outbox.packets.isEmpty)
  }

  @Test("a second GET at the same time is not taken")
  func overlap() {
    var outbox = PollingOutbox()
    #expect(ask(&outbox).1 == true)
    #expect(ask(&outbox).1 == false)
    outbox.refuse(.unknownSession)
  }

  @Test("nothing is lost when a GET is given up before its answer")
  func abandoned() throws {
    var outbox = PollingOutbox()
    let (gone, _) = ask(&outbox)
    outbox.abandon(gone)
    #expect(outbox.append(ByteBuffer(string: "4a"), maximumBytes: 100) == true)
    outbox.flush()
    let (next, _) = ask(&outbox)
    outbox.flush()
    #expect(try next.wait() == .payload(ByteBuffer(string: "4a")))
  }

  @Test("one answer holds at most 16 packets, the rest follows")
  func sixteen() throws {
    var outbox = PollingOutbox()
    for number in 0..<20 { #expect(outbox.append(ByteBuffer(string: "4\(number)"), maximumBytes: 1_000) == true) }
    let (first, _) = ask(&outbox)
    outbox.flush()
    guard case .payload(let payload) = try first.wait() else {
      Issue.record("no payload")
      return
    }
    #expect(try EnginePacket.payload(payload).count == 16)
    let (second, _) = ask(&outbox)
    outbox.flush()
    #expect(try second.wait() == .payload(ByteBuffer(string: "416\u{1e}417\u{1e}418\u{1e}419")))
    #expect(outbox.bytes == 0)
  }

  @Test("more than the limit does not fit")
  func bounded() {
    var outbox = PollingOutbox()
    #expect(outbox.append(ByteBuffer(repeating: 52, count: 90), maximumBytes: 100) == true)
    #expect(outbox.append(ByteBuffer(repeating: 52, count: 20), maximumBytes: 100) == false)
  }

  @Test("a GET that must end gets a noop when nothing waits for it")
  func release() throws {
    var outbox = PollingOutbox()
    let (first, _) = ask(&outbox)
    outbox.release()
    #expect(try first.wait() == .payload(ByteBuffer(string: "6")))
    outbox.release()
    #expect(outbox.packets.isEmpty)
  }
}
