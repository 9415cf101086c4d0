import Synchronization

/// Many who ask for the same thing at once: one fetches it, the others wait for what he brings.
///
/// Where he fails everybody tries for himself: one caller's trouble (a cancelled request, say) is not that of others.
package final class SingleFlight<Value: Sendable>: Sendable {
  private let flights = Mutex<[String: [CheckedContinuation<Value?, Never>]]>([:])

  package init() {}

  package func fetch(_ key: String, _ work: () async throws -> Value) async throws -> Value {
    guard begin(key) else {
      if let brought = await wait(for: key) { return brought }
      return try await work()
    }
    do {
      let value = try await work()
      land(key, value)
      return value
    } catch {
      land(key, nil)
      throw error
    }
  }

  /// True for the first one.
  private func begin(_ key: String) -> Bool {
    flights.withLock { flights in
      guard flights[key] == nil else { return false }
      flights[key] = []
      return true
    }
  }

  private func wait(for key: String) async -> Value? {
    await withCheckedContinuation { continuation in
      let isOver = flights.withLock { flights in
        guard flights[key] != nil else { return true }
        flights[key]?.append(continuation)
        return false
      }
      if isOver { continuation.resume(returning: nil) }
    }
  }

  private func land(_ key: String, _ value: Value?) {
    let waiting = flights.withLock { $0.removeValue(forKey: key) } ?? []
    for continuation in waiting { continuation.resume(returning: value) }
  }
}
