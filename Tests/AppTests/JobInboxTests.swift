import Core
import FoundationEssentials
import Testing

@testable import App

@Suite struct JobInboxTests {
  private let start = ContinuousClock.now
  private let ids = (0..<6).map { _ in JobID(rawValue: UUID()) }

  private func inbox() -> JobInbox<String> { JobInbox(levels: 5) }

  @Test("222: an id that waits or runs here is taken once; after its end it is as new")
  func duplicates() {
    var inbox = inbox()
    let first = inbox.arrived(ids[0], level: 2, "a", at: start)
    let second = inbox.arrived(ids[0], level: 0, "b", at: start)
    inbox.began([ids[0]])
    let third = inbox.arrived(ids[0], level: 2, "c", at: start)
    #expect([first, second, third] == [true, false, false])
    #expect(inbox.duplicates == 2)
    #expect(inbox.waitingCount == 0)
    let ended = [inbox.ended([ids[0]]), inbox.ended([ids[0]])]
    #expect(ended == [["a"], []])
    let again = inbox.arrived(ids[0], level: 2, "d", at: start)
    #expect(again)
  }

  @Test("222: the most urgent come first, whatever came first; an unknown urgency is the nearest")
  func order() {
    var inbox = inbox()
    for (id, level) in zip(ids, [4, 2, 0, 2, 99, -1]) { _ = inbox.arrived(id, level: level, "", at: start) }
    #expect(inbox.next(10) == [ids[2], ids[5], ids[1], ids[3], ids[0], ids[4]] && inbox.next(2) == [ids[2], ids[5]])
  }

  @Test("222: without a connection what waits is forgotten, since it comes again; what runs goes on")
  func disconnected() {
    var inbox = inbox()
    _ = inbox.arrived(ids[0], level: 0, "a", at: start)
    _ = inbox.arrived(ids[1], level: 0, "b", at: start)
    inbox.began([ids[0], ids[5]])
    inbox.disconnected()
    #expect(inbox.waitingCount == 0)
    let runs = inbox.arrived(ids[0], level: 0, "c", at: start)
    let waits = inbox.arrived(ids[1], level: 0, "d", at: start)
    #expect([runs, waits] == [false, true])
    let ended = inbox.ended([ids[0], ids[1]])
    #expect(ended == ["a", "d"])
  }

  @Test("222: what finds no room for a while is told, so that others may have it")
  func late() {
    var inbox = inbox()
    _ = inbox.arrived(ids[0], level: 0, "", at: start)
    _ = inbox.arrived(ids[1], level: 0, "", at: start + .seconds(2))
    #expect(inbox.waiting(longerThan: .seconds(2), at: start + .seconds(3)) == [ids[0]])
  }
}
