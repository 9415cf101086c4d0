package import Core
import Synchronization

/// How often one person may call one operation: `max` calls in a window that begins with the first of them.
package struct RateLimit: Sendable {
  package let name: String
  package let max: Int
  package let windowSeconds: Int
  /// Which limit counts for this input; the input is not validated yet.
  package let choose: (@Sendable (JSONValue) -> RateLimit)?
  /// What else than the person counts apart, such as the e-mail address of a sign-in.
  package let apart: (@Sendable (JSONValue) -> String)?

  package init(
    _ name: String, max: Int, windowSeconds: Int, choose: (@Sendable (JSONValue) -> RateLimit)? = nil,
    apart: (@Sendable (JSONValue) -> String)? = nil
  ) {
    self.name = name
    self.max = max
    self.windowSeconds = windowSeconds
    self.choose = choose
    self.apart = apart
  }

  /// 100 a minute: what counts where an operation has no reason for another.
  package static let standard = RateLimit("default", max: 100, windowSeconds: 60)
  /// Against floods from one address, before anybody is known. High, since a whole hospital may share an address.
  package static let address = RateLimit("address", max: 6000, windowSeconds: 60)
  package static let anonymous = RateLimit("anonymous", max: 600, windowSeconds: 60)
}

/// Counters in memory, at most `capacity` of them; the oldest windows go first.
package final class RateLimiter: Sendable {
  package let isOn: Bool
  private let capacity: Int
  private let windows = Mutex<[Key: Window]>([:])

  private struct Key: Hashable {
    let limit: String
    let subject: String
  }

  private struct Window {
    let endsAt: Int64
    var count: Int
  }

  package init(isOn: Bool, capacity: Int = 100_000) {
    self.isOn = isOn
    self.capacity = capacity
  }

  /// Counts one call; throws `TOO_MANY_REQUESTS` with the seconds until the window ends.
  package func count(_ limit: RateLimit, subject: String, at now: Timestamp) throws(Failure) {
    guard isOn else { return }
    let wait: Int64? = windows.withLock { windows in
      let key = Key(limit: limit.name, subject: subject)
      if var window = windows[key], window.endsAt > now.microseconds {
        guard window.count < limit.max else { return window.endsAt - now.microseconds }
        window.count += 1
        windows[key] = window
        return nil
      }
      if windows.count >= capacity { Self.makeRoom(in: &windows, at: now) }
      windows[key] = Window(endsAt: now.adding(seconds: Int64(limit.windowSeconds)).microseconds, count: 1)
      return nil
    }
    guard let wait else { return }
    let seconds = Int((wait + 999_999) / 1_000_000)
    throw Failure(
      .tooManyRequests, "Too many requests. Try again in \(seconds) s.",
      details: ["limit": .string(limit.name), "retryAfter": .integer(Int64(seconds))], retryAfterSeconds: seconds)
  }

  private static func makeRoom(in windows: inout [Key: Window], at now: Timestamp) {
    windows = windows.filter { $0.value.endsAt > now.microseconds }
    guard windows.count > 0 else { return }
    // Still full of running windows: the half that ends first makes room.
    let ends = windows.values.map(\.endsAt).sorted()
    let median = ends[ends.count / 2]
    windows = windows.filter { $0.value.endsAt > median }
  }
}
