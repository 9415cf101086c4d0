package import Core
import Synchronization

/// Lets a service rest that was silent several times in a row: what would wait for it goes another way at once, and the
/// workers that all hospitals share are not all taken by one that hangs. One request after each rest finds out.
package final class ServiceRests: Sendable {
  /// Whose service: a hospital's own, or the platform's.
  package struct Place: Sendable, Hashable {
    let hospital: HospitalID?
    let kind: ChannelKind

    package init(_ hospital: HospitalID?, _ kind: ChannelKind) {
      self.hospital = hospital
      self.kind = kind
    }
  }

  private struct Rest {
    var breaker: CircuitBreaker
    var isBeingTried = false
  }

  /// Those that failed last; a service that answers has no entry.
  private let rests = Mutex<[Place: Rest]>([:])
  private let threshold: Int
  private let seconds: Double

  /// A message is tried three times within six seconds, so a rest is shorter than that.
  package init(threshold: Int = 5, seconds: Double = 2) {
    self.threshold = threshold
    self.seconds = seconds
  }

  /// The same calls, but for those to a service that rests.
  package func guarding(_ calls: OutsideCalls, of place: Place) -> OutsideCalls {
    OutsideCalls { [self] request throws(OutsideCalls.Trouble) in
      guard mayBegin(place) else { throw .unreachable }
      do throws(OutsideCalls.Trouble) {
        let answer = try await calls.send(request)
        rests.withLock { $0[place] = nil }
        return answer
      } catch {
        ended(place, wasSilent: error == .timeout || error == .unreachable)
        throw error
      }
    }
  }

  private func mayBegin(_ place: Place) -> Bool {
    rests.withLock { rests in
      guard var rest = rests[place] else { return true }
      guard !rest.isBeingTried, rest.breaker.attempt(at: .now) else { return false }
      rest.isBeingTried = rest.breaker.state == .halfOpen
      rests[place] = rest
      return true
    }
  }

  private func ended(_ place: Place, wasSilent: Bool) {
    rests.withLock { rests in
      guard wasSilent else { return rests[place] = nil }
      var rest = rests[place] ?? Rest(breaker: CircuitBreaker(threshold: threshold, cooldownSeconds: seconds))
      rest.isBeingTried = false
      rest.breaker.failed(at: .now)
      rests[place] = rest
    }
  }
}
