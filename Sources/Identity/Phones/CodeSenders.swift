import Core
import Synchronization

/// Brings codes to telephones. Which services there are the house finds out after the operations are registered, so the
/// way out is connected later; until then none is taken.
///
/// By the platform's services alone: a code opens an account, which may belong to several hospitals, and none of them
/// is to read it.
package final class CodeSenders: Sendable {
  /// Whether a service took the code.
  package typealias Send =
    @Sendable (_ way: CodeChannel, _ number: String, _ code: String) async -> Bool

  private struct State {
    var send: Send?
    var ways: Set<CodeChannel> = []
    var usualSeconds = 0.0
  }

  private let state = Mutex(State())

  package init() {}

  /// `ways` are those for which there is a service.
  package func connect(ways: Set<CodeChannel>, _ send: @escaping Send) {
    state.withLock { state in
      state.send = send
      state.ways = ways
    }
  }

  func send(
    _ code: OneTimeCode, to number: InternationalNumber, by way: CodeChannel
  ) async -> Bool {
    guard let send = state.withLock({ $0.send }) else { return false }
    let began = ContinuousClock.now
    let isTaken = await send(way, number.text, code.text)
    let seconds = (ContinuousClock.now - began) / .seconds(1)
    state.withLock { $0.usualSeconds = $0.usualSeconds * 0.7 + min(seconds, 5) * 0.3 }
    return isTaken
  }

  /// Whether a code would go this way; takes about as long as sending does, for an address that nobody has.
  func pretend(by way: CodeChannel) async throws -> Bool {
    let (usual, isThere) = state.withLock { ($0.usualSeconds, $0.ways.contains(way)) }
    if isThere { try await Task.sleep(for: .seconds(usual * Double.random(in: 0.8...1.2))) }
    return isThere
  }
}
