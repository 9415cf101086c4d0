import Testing

@testable import Broker

@Suite struct ConfirmsTests {
  @Test("222: confirmations in any order, singly and many at once, settle each message once")
  func orders() {
    var confirms = Confirms()
    confirms.begin(["a", "b", "c", "d"])
    for index in 0..<4 { confirms.sent(index) }
    confirms.answered(3, multiple: false, isTaken: true)
    #expect(!confirms.isSettled && confirms.taken == [false, false, true, false])
    confirms.answered(2, multiple: true, isTaken: true)
    confirms.answered(2, multiple: false, isTaken: false)
    confirms.answered(99, multiple: false, isTaken: true)
    #expect(confirms.taken == [true, true, true, false] && !confirms.isSettled)
    confirms.answered(4, multiple: false, isTaken: false)
    #expect(confirms.isSettled && confirms.taken == [true, true, true, false])
  }

  @Test("222: numbers go on from batch to batch, and an answer of the batch before means nothing")
  func batches() {
    var confirms = Confirms()
    confirms.begin(["a"])
    confirms.sent(0)
    confirms.begin(["b"])
    confirms.sent(0)
    confirms.answered(1, multiple: false, isTaken: true)
    #expect(!confirms.isSettled && confirms.taken == [false])
    confirms.answered(0, multiple: true, isTaken: true)
    #expect(confirms.isSettled && confirms.taken == [true])
  }

  @Test("222: what came back because no queue took it does not count as taken though it is confirmed")
  func comeback() {
    var confirms = Confirms()
    confirms.begin(["a", "b"])
    confirms.sent(0)
    confirms.sent(1)
    confirms.cameBack("b")
    confirms.answered(2, multiple: true, isTaken: true)
    #expect(confirms.taken == [true, false])
  }

  @Test("222: never more channels than the pool has; who waits longest is next")
  func line() {
    var line = ChannelLine<Int>(first: 7, most: 2)
    var taken: [UInt16] = []
    for number in 0..<5 {
      switch line.take() {
      case .free(let channel), .new(let channel): taken.append(channel)
      case .wait: line.wait(number)
      }
    }
    #expect(taken == [7, 8] && line.waiting == [2, 3, 4] && line.busy == 2)
    #expect(line.giveBack(8) == 2 && line.giveBack(7) == 3 && line.giveBack(7) == 4 && line.giveBack(7) == nil)
    #expect(line.open == 2 && line.busy == 1 && line.idle == [7])
  }

  @Test("222: the pause before the next attempt doubles up to 15 s")
  func pauses() {
    let pauses = (0..<12).map { BrokerClient.pause(afterFailures: $0, chance: 1) }
    #expect(pauses.prefix(4) == [0.2, 0.4, 0.8, 1.6] && pauses.max() == 15)
    #expect(BrokerClient.pause(afterFailures: 1, chance: 0) == 0.30000000000000004)
  }
}

@Suite struct IncomingTests {
  private func message(_ size: UInt64, _ parts: [[UInt8]]) -> Incoming {
    var incoming = Incoming(.comeback)
    incoming.header(size)
    for part in parts { part.withUnsafeBufferPointer { incoming.body($0) } }
    return incoming
  }

  @Test("222: a message in parts is put together; one that is too long or no text is none of ours and is not kept")
  func parts() {
    #expect(message(4, [[65, 66], [67, 68]]).text == "ABCD")
    #expect(message(0, []).text == "" && message(0, []).isWhole)
    #expect(!message(4, [[65]]).isWhole && message(4, [[65]]).text == nil)
    #expect(message(2, [[0xC3, 0x28]]).text == nil)
    let long = message(1_000_000, Array(repeating: Array(repeating: 65, count: 100_000), count: 10))
    #expect(long.isWhole && long.text == nil && long.bytes.count == BrokerLimits.bodyBytes + 1)
    #expect(!message(.max, [[65]]).isWhole)
  }
}

@Suite struct BrokerAddressTests {
  @Test("222: an address with and without its parts")
  func addresses() throws {
    let plain = try #require(BrokerAddress("amqp://localhost"))
    #expect(plain.port == 5672 && plain.user == "guest" && plain.vhost == "/" && plain.certificates == nil)
    let full = try #require(BrokerAddress("amqps://ward:p%40ss@broker.example:5999/a%2Fb?cacertfile=/etc/ca.pem"))
    #expect(full.host == "broker.example" && full.port == 5999 && full.user == "ward" && full.password == "p@ss")
    #expect(full.vhost == "a/b" && full.certificates == "/etc/ca.pem")
    #expect(BrokerAddress("amqps://broker.example")?.port == 5671)
    #expect(BrokerAddress("amqp://[::1]:5672/")?.host == "::1")
  }

  @Test(
    "222: what is no address of a broker is refused",
    arguments: [
      "", "http://localhost", "amqp://", "localhost:5672", "amqp://h:0", "amqp://h:99999", "amqp://h/a/b",
      "amqp://h?cacertfile=/x", "amqps://h?verify=none", "amqp://u:%00@h",
    ])
  func wrong(_ text: String) { #expect(BrokerAddress(text) == nil) }
}
