import Cluster
import Logging
import ServiceLifecycle

/// Starts the private PostgreSQL again when it has ended (killed for want of memory, say): looks five times a second.
///
/// A crashed backend is PostgreSQL's own business; this is for the server as a whole.
struct ClusterWatch: Service {
  let cluster: RunningCluster
  let logger: Logger

  func run() async throws {
    await cancelWhenGracefulShutdown {
      var hadTrouble = false
      while !Task.isCancelled {
        do { try await Task.sleep(for: .milliseconds(200)) } catch { return }
        do {
          if try await cluster.revive() { logger.warning("PostgreSQL had ended and was started again") }
          hadTrouble = false
        } catch {
          if !hadTrouble { logger.error("PostgreSQL does not start", metadata: ["error": "\(error)"]) }
          hadTrouble = true
        }
      }
    }
  }
}
