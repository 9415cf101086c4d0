import Core
import Scheduling
import Secrets
import Testing

@Suite("Signed links to book by, to follow, to check in")
struct CareTicketTests {
  private let ring = KeyRing(newest: "the newest", earlier: ["an earlier one"])
  private let now = Timestamp(microseconds: 1_800_000_000_000_000)

  private func ticket(_ kind: CareTicket.Kind) -> CareTicket {
    CareTicket(kind, .new(at: now), in: .new(at: now), until: now.adding(seconds: 60))
  }

  @Test("193: a link opens as what it was signed for until its time, also by an earlier key, and as nothing else")
  func life() throws {
    for kind in [CareTicket.Kind.booking, .tracking, .checkIn] {
      let ticket = self.ticket(kind)
      #expect(try CareTicket.open(ticket.token(ring), as: kind, ring, now: now) == ticket)
      let earlier = ticket.token(KeyRing(newest: "an earlier one"))
      #expect(try CareTicket.open(earlier, as: kind, ring, now: now) == ticket)
      #expect(throws: Failure.self) { try CareTicket.open(ticket.token(ring), as: kind, ring, now: ticket.expiresAt) }
      let other: CareTicket.Kind = kind == .booking ? .tracking : .booking
      #expect(throws: Failure.self) { try CareTicket.open(ticket.token(ring), as: other, ring, now: now) }
      let foreign = ticket.token(KeyRing(newest: "somebody else's"))
      #expect(throws: Failure.self) { try CareTicket.open(foreign, as: kind, ring, now: now) }
    }
  }

  @Test("193: whatever character of a link is another one, it opens nothing")
  func altered() {
    let token = Array(ticket(.booking).token(ring))
    for index in token.indices {
      for other in "AQz9-_" where other != token[index] {
        var changed = token
        changed[index] = other
        #expect((try? CareTicket.open(String(changed), as: .booking, ring, now: now)) == nil)
      }
      #expect((try? CareTicket.open(String(token[..<index]), as: .booking, ring, now: now)) == nil)
    }
  }
}
