import Core
import Operations

/// Jobs that change nothing and show that a queue works from end to end: every queue knows them. `ward jobs drill` asks
/// for some, an operator may see by them what a dead letter looks like.
package enum Drills {
  package enum Kind: String, CaseIterable, Sendable {
    /// Does nothing.
    case nothing = "drill.nothing"
    /// Takes a quarter of a second.
    case pause = "drill.pause"
    /// Fails each time.
    case failure = "drill.failure"
    /// Puts itself off until a minute after it was asked for.
    case later = "drill.later"
    /// Leaves one audit row in the transaction that completes it.
    case note = "drill.note"
  }

  package static let handlers = JobQueue.all.flatMap { queue in
    [
      JobHandler(queue: queue.name, kind: Kind.nothing.rawValue) { _ in },
      JobHandler(queue: queue.name, kind: Kind.pause.rawValue) { _ in try await Task.sleep(for: .milliseconds(250)) },
      JobHandler(queue: queue.name, kind: Kind.failure.rawValue) { _ in throw JobTrouble("a drill that fails") },
      JobHandler(queue: queue.name, kind: Kind.later.rawValue) { job in
        let time = job.createdAt.adding(seconds: 60)
        if job.now < time { throw NotBefore(time) }
      },
      JobHandler(
        queue: queue.name, kind: Kind.note.rawValue,
        inTransaction: { job, call in
          var row = AuditRow(action: "queue.drill", category: .system, outcome: .success, caller: nil, origin: nil)
          row.actorKind = .system
          row.hospitalID = job.hospital
          row.note.resource("job", job.id)
          call.auditRows.append(row)
        }),
    ]
  }
}
