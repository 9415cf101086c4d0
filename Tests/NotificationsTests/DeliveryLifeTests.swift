import Notifications
import Testing

@Suite("The life of a message on one channel")
struct DeliveryLifeTests {
  typealias Life = DeliveryLife

  /// Written by hand from what each word means, and compared with the table.
  private static let legal: Set<String> = [
    "queued send sent", "queued deliver delivered", "queued fail failed", "queued skip skipped",
    "sent deliver delivered", "sent read read", "sent fail failed", "delivered read read",
    // Cancelling came too late for what was on its way.
    "skipped send sent", "skipped deliver delivered",
  ]

  @Test("168: exactly these moves are legal, and no other changes anything")
  func moves() {
    var found: Set<String> = []
    for status in Life.Status.allCases {
      for move in Life.Move.allCases {
        var life = Life(status)
        if life.apply(move) {
          found.insert("\(status) \(move) \(life.status)")
        } else {
          #expect(life.status == status)
        }
      }
    }
    #expect(found == Self.legal)
  }

  @Test(
    "168: over every sequence of six moves what has failed stays so, what was read is never unread, and nothing goes back"
  )
  func sequences() {
    let rank: [Life.Status: Int] = [.queued: 0, .skipped: 0, .sent: 1, .delivered: 2, .read: 3]
    var frontier = Life.Status.allCases.map { [$0] }
    for _ in 0..<6 {
      frontier = frontier.flatMap { path in
        Life.Move.allCases.map { move in
          var life = Life(path[path.count - 1])
          _ = life.apply(move)
          return path + [life.status]
        }
      }
    }
    #expect(frontier.count == 6 * 15_625)
    for path in frontier {
      for (before, after) in zip(path, path.dropFirst()) where before != after {
        #expect(before != .failed && before != .read)
        guard after != .failed else {
          #expect(before == .queued || before == .sent)
          continue
        }
        #expect(after != .queued && (after == .skipped ? before == .queued : true))
        #expect((rank[after] ?? -1) >= (rank[before] ?? 9))
      }
    }
  }

  @Test("168: what a statement asks of the table is what the table says")
  func statements() {
    for move in Life.Move.allCases {
      let legal = Life.Status.allCases.filter { status in
        var life = Life(status)
        return life.apply(move)
      }
      #expect(Life.sources(of: move) == legal.map(\.rawValue).sorted())
      for status in legal {
        var life = Life(status)
        _ = life.apply(move)
        #expect(life.status == Life.target(of: move))
      }
    }
  }
}
