import Core
import Testing

@Suite struct AlarmTests {
  @Test("a wake before the wait is kept", .timeLimit(.minutes(1)))
  func kept() async {
    let alarm = Alarm()
    alarm.wake()
    await alarm.wait(atMost: .seconds(3600))
  }

  @Test("a wake ends a running wait", .timeLimit(.minutes(1)))
  func wakes() async {
    let alarm = Alarm()
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await alarm.wait(atMost: .seconds(3600)) }
      group.addTask { alarm.wake() }
    }
  }

  @Test("a wait ends by itself", .timeLimit(.minutes(1)))
  func ends() async {
    await Alarm().wait(atMost: .milliseconds(1))
  }

  @Test("cancelling ends a wait", .timeLimit(.minutes(1)))
  func cancelled() async {
    let alarm = Alarm()
    let task = Task { await alarm.wait(atMost: .seconds(3600)) }
    task.cancel()
    await task.value
  }

  @Test("a thousand wakes and waits lose nothing", .timeLimit(.minutes(1)))
  func storm() async {
    let alarm = Alarm()
    for _ in 0..<1000 {
      async let waiting: Void = alarm.wait(atMost: .seconds(3600))
      alarm.wake()
      await waiting
    }
  }
}
