/// Work that happens once in the cluster each time a period is full: every node knows it, the one that leads asks for
/// it, and whoever has room does it. What was missed while nobody led is made up for once.
package struct PeriodicJob: Sendable {
  let name: String
  /// 10 s to a day; periods are counted from the epoch, so that all nodes mean the same times.
  let everySeconds: Int
  let queue: String
  let kind: String

  package init(_ name: String, everySeconds: Int, queue: String = "tasks", kind: String) {
    self.name = name
    self.everySeconds = min(max(everySeconds, 10), 86_400)
    self.queue = queue
    self.kind = kind
  }
}
