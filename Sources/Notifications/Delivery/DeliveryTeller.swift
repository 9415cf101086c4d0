import Core
package import Logging
package import Operations
import Synchronization

/// Tells who looks at an alert's log that messages were taken or arrived: half a second later, once for all of that time.
///
/// An alert that rings up 1,500 people changes its log as often; an event in each of those transactions would let all of
/// them wait for the hospital's one counter of events. Failures, which are few and matter more, are told in their own
/// transactions. A node that dies meanwhile tells nothing; the page looks again by itself after a while.
package final class DeliveryTeller: Sendable {
  private struct Change: Hashable {
    let alert: AlertID
    let department: DepartmentID?
    let hospital: HospitalID
  }

  private static let pause = Duration.milliseconds(500)
  private let executor: Executor
  private let logger: Logger
  private let waiting = Mutex<Set<Change>>([])

  package init(executor: Executor, logger: Logger) {
    self.executor = executor
    self.logger = logger
  }

  func changed(_ alert: AlertID, department: DepartmentID?, in hospital: HospitalID) {
    let change = Change(alert: alert, department: department, hospital: hospital)
    guard waiting.withLock({ $0.insert(change).inserted }) else { return }
    Task {
      do { try await Task.sleep(for: Self.pause) } catch { return }
      waiting.withLock { _ = $0.remove(change) }
      do {
        try await executor.system(in: hospital) { call in
          call.tellDeliveries(of: alert, department: department, in: hospital)
        }
      } catch {
        // The log itself is right; whoever looks at it hears later.
        logger.warning("who looks at an alert's log was not told", metadata: ["error": "\(error)"])
      }
    }
  }
}
