import Core
import Jobs
import Logging
import NIOCore
import Operations
import Realtime
import ServiceLifecycle

/// Tells the sockets that look at the queues what changed, at most once a second, and keeps the numbers of the metrics
/// fresh. Nobody looking costs a count every fifteen seconds, or less often where counting takes long.
struct QueueWatch: Service {
  let board: QueueBoard
  let hub: SocketHub
  let logger: Logger

  static var gauges: [(name: String, help: String, number: @Sendable (QueueNumbers) -> Int64)] {
    [
      ("ward_queue_waiting", "Jobs that may begin, by queue.", { $0.waiting }),
      ("ward_queue_delayed", "Jobs whose time has not come, by queue.", { $0.delayed }),
      ("ward_queue_running", "Jobs that run, by queue.", { $0.running }),
      ("ward_queue_dead", "Jobs that were given up, by queue.", { $0.dead }),
      ("ward_queue_workers", "Workers of all nodes, by queue.", { $0.workers }),
    ]
  }

  func run() async throws {
    await cancelWhenGracefulShutdown {
      var last = JSONValue.null
      var next = ContinuousClock.now
      while !Task.isCancelled {
        let isWatched = await !hub.members(of: Room.queues.name).isEmpty
        if !isWatched { last = .null }
        if isWatched || ContinuousClock.now >= next {
          let began = ContinuousClock.now
          last = await look(isWatched ? last : nil) ?? last
          let took = ContinuousClock.now - began
          next = .now + max(.seconds(15), took * 50)
        }
        do { try await Task.sleep(for: .seconds(1)) } catch { return }
      }
    }
  }

  /// Counts, and says so when somebody hears and something is new.
  private func look(_ last: JSONValue?) async -> JSONValue? {
    do {
      let change: JSONValue = ["queues": .array(try await board.numbers().map(\.change))]
      guard let last, change != last else { return nil }
      var payload = ByteBuffer()
      payload.writeJSON(change)
      hub.emit(SocketEvent(name: "queue:updated", payload: payload), rooms: [Room.queues.name])
      return change
    } catch {
      logger.warning("queues were not counted", metadata: ["error": "\(error)"])
      return nil
    }
  }
}
