@testable import Alerts
import Core
import Testing

@Suite struct RepeatTests {
  @Test("111: a call joins an open alert only below urgency 4, and never one that is less urgent")
  func takes() {
    var taken: Set<String> = []
    for call in Urgency.range {
      for open in Urgency.range
      where EarlierCall.takes(Urgency(unchecked: call), of: Urgency(unchecked: open)) {
        taken.insert("\(call) \(open)")
      }
    }
    #expect(
      taken == [
        "1 1", "1 2", "1 3", "1 4", "1 5", "2 2", "2 3", "2 4", "2 5", "3 3", "3 4", "3 5",
      ])
  }
}
