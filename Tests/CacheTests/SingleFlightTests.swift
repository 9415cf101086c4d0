import Synchronization
import Testing

@testable import Cache

@Suite(.timeLimit(.minutes(1))) struct SingleFlightTests {
  private struct Trouble: Error {}

  /// Shuts until everybody stands at it.
  private final class Gate: Sendable {
    let asked = Mutex(0)
    private let waiting = Mutex(0)
    private let (stream, opener) = AsyncStream.makeStream(of: Void.self)

    func come(of all: Int) {
      let count = waiting.withLock { count in
        count += 1
        return count
      }
      if count == all { opener.finish() }
    }

    func wait() async { for await _ in stream {} }
  }

  @Test("237: a hundred who ask at once ask the source once")
  func once() async throws {
    let flights = SingleFlight<Int>()
    let gate = Gate()
    let values = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<100 {
        group.addTask { @Sendable in
          gate.come(of: 100)
          return try await flights.fetch("key") {
            gate.asked.withLock { $0 += 1 }
            await gate.wait()
            return 42
          }
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(values == Array(repeating: 42, count: 100))
    // Whoever came after the first had landed asked again; nobody asked while he was on his way.
    #expect((1...99).contains(gate.asked.withLock { $0 }))
  }

  @Test("237: where the first fails the others try for themselves, and the next call begins anew")
  func failure() async throws {
    let flights = SingleFlight<Int>()
    await #expect(throws: Trouble.self) { try await flights.fetch("key") { throw Trouble() } }
    #expect(try await flights.fetch("key") { 7 } == 7)
  }
}
