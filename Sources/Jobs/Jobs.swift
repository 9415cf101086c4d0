package import Operations

extension Registry {
  /// One line for each operation of queues.
  package mutating func registerJobs(_ board: QueueBoard) {
    register(ListQueues.self, with: board)
    register(ShowQueueMetrics.self, with: board)
    register(ListJobs.self)
    register(RetryJob.self)
    register(CancelJob.self)
    register(ReplayQueue.self)
  }
}
