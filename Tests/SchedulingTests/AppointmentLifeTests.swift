import Scheduling
import Testing

@Suite struct AppointmentLifeTests {
  typealias Status = AppointmentLife.Status

  @Test("179: of ten thousand random walks no step is taken that the table does not have")
  func walks() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<10_000 {
      var life = AppointmentLife(.held, needsCheckIn: Bool.random(using: &generator))
      for _ in 0..<12 {
        guard let wanted = Status.allCases.randomElement(using: &generator) else { return }
        let before = life
        let isLegal = before.next.contains(wanted)
        #expect(life.apply(wanted) == isLegal)
        #expect(life.status == (isLegal ? wanted : before.status))
        #expect(!isLegal || AppointmentLife.table[before.status]?.contains(wanted) == true)
      }
    }
  }

  @Test("192: who comes in person begins after his check-in, who comes by video may begin once confirmed")
  func checkIn() {
    #expect(!AppointmentLife(.confirmed, needsCheckIn: true).next.contains(.inProgress))
    #expect(AppointmentLife(.confirmed, needsCheckIn: false).next.contains(.inProgress))
    #expect(AppointmentLife(.checkedIn, needsCheckIn: true).next.contains(.inProgress))
    #expect(!AppointmentLife(.checkedIn, needsCheckIn: true).next.contains(.checkedIn))
  }

  @Test("179: nothing follows what is over, and what is over takes nobody's time")
  func ends() {
    for status in [Status.completed, .cancelled, .expired] {
      #expect(AppointmentLife(status, needsCheckIn: true).next.isEmpty)
    }
    #expect(Status.live == ["held", "scheduled", "confirmed", "checked_in", "in_progress"])
  }
}
