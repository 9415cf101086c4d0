import Core
import Secrets
import Tenancy
import Testing

@Suite("Tickets of waiting lines, and who moves when one goes")
struct LineTests {
  private let ring = KeyRing(newest: "the newest", earlier: ["an earlier one"])
  private let now = Timestamp(microseconds: 1_800_000_000_000_000)

  private var ticket: LineTicket {
    LineTicket(hospital: .new(at: now), line: .new(at: now), entry: .new(at: now), expiresAt: now)
  }

  @Test("154: a ticket opens as what it was signed for, also by an earlier key, and needs no escaping")
  func life() {
    let ticket = self.ticket
    let token = ticket.token(ring)
    #expect(LineTicket(token: token, ring) == ticket)
    #expect(LineTicket(token: ticket.token(KeyRing(newest: "an earlier one")), ring) == ticket)
    #expect(token.utf8.count == 91)
    #expect(token.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") })
  }

  @Test("154: whatever character of a ticket is another one, it opens nothing")
  func altered() {
    let token = Array(ticket.token(ring))
    for index in token.indices {
      for other in "AQz9-_" where other != token[index] {
        var changed = token
        changed[index] = other
        #expect(LineTicket(token: String(changed), ring) == nil)
      }
      #expect(LineTicket(token: String(token[..<index]), ring) == nil)
    }
    #expect(LineTicket(token: ticket.token(KeyRing(newest: "somebody else's")), ring) == nil)
  }

  @Test("154: a fingerprint made for another purpose is none for a ticket")
  func purposes() {
    for purpose in KeyRing.Purpose.allCases where purpose != .lineTicket {
      let print = ring.fingerprints(of: "word", for: purpose).first ?? []
      #expect(ring.isFingerprint(print, of: "word", for: purpose))
      #expect(!ring.isFingerprint(print, of: "word", for: .lineTicket))
      #expect(!ring.isFingerprint(print.dropLast(), of: "word", for: purpose))
      #expect(!ring.isFingerprint([], of: "word", for: purpose))
    }
  }

  @Test("154: whoever goes, those before him hear nothing and those behind him the place that they have then")
  func goes() {
    for count in 1...12 {
      let line = WaitingLine((1...count).map { .init(id: .new(at: now), number: Int64(100 + $0)) })
      for (index, going) in line.entries.enumerated() {
        let changes = line.without(going.id, as: .called)
        #expect(changes.map(\.entry) == line.entries[index...].map(\.id))
        #expect(changes.first?.standing == LineStanding(number: going.number, state: .called, position: 0))
        var left = line.entries
        left.remove(at: index)
        for change in changes.dropFirst() {
          #expect(left.firstIndex { $0.id == change.entry }.map { Int64($0 + 1) } == change.standing.position)
          #expect(change.standing.state == .waiting)
        }
      }
    }
    #expect(WaitingLine([]).without(.new(at: now), as: .left).isEmpty)
  }
}
