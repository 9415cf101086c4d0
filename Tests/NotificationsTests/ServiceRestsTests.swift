import Core
import Notifications
import Synchronization
import Testing

@Suite struct ServiceRestsTests {
  /// A service that is asked and does as it is told.
  private final class Service: Sendable {
    let asked = Mutex(0)
    let trouble = Mutex<OutsideCalls.Trouble?>(.timeout)
    let held = Mutex<CheckedContinuation<Void, Never>?>(nil)
    let holds = Mutex(false)
    let isHeld = Alarm()

    var calls: OutsideCalls {
      OutsideCalls { _ throws(OutsideCalls.Trouble) in
        self.asked.withLock { $0 += 1 }
        if self.holds.withLock({ $0 }) {
          await withCheckedContinuation { continuation in
            self.held.withLock { $0 = continuation }
            self.isHeld.wake()
          }
        }
        if let trouble = self.trouble.withLock({ $0 }) { throw trouble }
        return OutsideCalls.Answer(status: 200, body: [])
      }
    }

    func trouble(_ calls: OutsideCalls) async -> OutsideCalls.Trouble? {
      do throws(OutsideCalls.Trouble) {
        _ = try await calls.send(OutsideCalls.Request("https://service.example/"))
        return nil
      } catch {
        return error
      }
    }
  }

  @Test("168: a service that is silent five times in a row is left alone; another's is not, nor one that refuses")
  func resting() async {
    let (service, other) = (Service(), Service())
    let rests = ServiceRests(seconds: 3600)
    let calls = rests.guarding(service.calls, of: .init(HospitalID.example, .sms))
    for _ in 0..<5 { #expect(await service.trouble(calls) == .timeout) }
    for _ in 0..<10 { #expect(await service.trouble(calls) == .unreachable) }
    #expect(service.asked.withLock { $0 } == 5)
    let others = rests.guarding(other.calls, of: .init(nil, .sms))
    other.trouble.withLock { $0 = .tooLarge }
    for _ in 0..<10 { #expect(await other.trouble(others) == .tooLarge) }
    #expect(other.asked.withLock { $0 } == 10)
  }

  @Test("168: after its rest one request finds out for all, and an answer ends the resting")
  func findingOut() async {
    let service = Service()
    let calls = ServiceRests(seconds: 0).guarding(service.calls, of: .init(nil, .push))
    for _ in 0..<5 { #expect(await service.trouble(calls) == .timeout) }
    service.holds.withLock { $0 = true }
    service.trouble.withLock { $0 = nil }
    async let first = service.trouble(calls)
    await service.isHeld.wait(atMost: .seconds(10))
    for _ in 0..<10 { #expect(await service.trouble(calls) == .unreachable) }
    #expect(service.asked.withLock { $0 } == 6)
    service.holds.withLock { $0 = false }
    service.held.withLock { $0 }?.resume()
    #expect(await first == nil)
    for _ in 0..<10 { #expect(await service.trouble(calls) == nil) }
    #expect(service.asked.withLock { $0 } == 16)
  }
}
