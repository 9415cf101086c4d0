import Core
import Scheduling
import Testing

@Suite("The line of those who wait for a doctor")
struct DayLineTests {
  private func entry(_ number: Int64, _ isEmergency: Bool = false) -> DayLine.Entry {
    DayLine.Entry(id: .new(at: Timestamp(microseconds: 0)), number: number, isEmergency: isEmergency)
  }

  @Test("182: after ten thousand steps places count from 1 without a gap, times follow them, and emergencies lead")
  func walks() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<200 {
      var line = DayLine(waiting: [], inProgress: 0, averageMinutes: 15)
      var next: Int64 = 0
      for _ in 0..<50 {
        let before = line
        let one = line.waiting.randomElement(using: &generator)
        switch Int.random(in: 0..<5, using: &generator) {
        case 0, 1:
          next += 1
          line.join(entry(next, Bool.random(using: &generator)))
        case 2: if let one { #expect(line.start(one.id) && line.inProgress == before.inProgress + 1) }
        case 3: if let one { #expect(line.leave(one.id) && !line.leave(one.id)) }
        default: line.finish()
        }
        let standings = line.standings
        #expect(standings.map(\.position) == line.waiting.indices.map { Int64($0 + 1) })
        #expect(standings.map(\.waitMinutes) == line.waiting.indices.map { Int64($0 + line.inProgress) * 15 })
        let firstOther = line.waiting.firstIndex { !$0.isEmergency } ?? line.waiting.endIndex
        #expect(line.waiting[firstOther...].allSatisfy { !$0.isEmergency })
        // Whoever is told of no change stands as he stood.
        let told = Set(line.changes(since: before).map(\.entry))
        for standing in standings where !told.contains(standing.entry) { #expect(before.standings.contains(standing)) }
      }
    }
  }

  @Test("182: an order is taken only if it names all who wait, each once; an emergency goes behind the earlier ones")
  func order() {
    let all = [entry(1), entry(2), entry(3)]
    var line = DayLine(waiting: all, inProgress: 1, averageMinutes: 10)
    let move1 = line.reorder([all[0].id, all[1].id])
    #expect(!move1)
    let move2 = line.reorder([all[0].id, all[0].id, all[1].id])
    #expect(!move2)
    #expect(line.waiting == all)
    let move3 = line.reorder([all[2].id, all[0].id, all[1].id])
    #expect(move3)
    #expect(line.standings.map(\.number) == [3, 1, 2] && line.standings.map(\.waitMinutes) == [10, 20, 30])
    let both = [line.bringForward(all[1].id), line.bringForward(all[0].id)]
    #expect(both == [true, true])
    #expect(line.waiting.map(\.number) == [2, 1, 3])
    let move4 = line.bringForward(entry(9).id)
    #expect(!move4)
  }
}
