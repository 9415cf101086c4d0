package import Core
import Postgres

/// `ward jobs`: looks at queues and steers them as the owner of the tables, over all hospitals.
package struct SteerJobs: Sendable {
  private let command: OwnerCommand

  package init(_ command: OwnerCommand) { self.command = command }

  /// The queues in which there is something, or the jobs of one queue in a state, the newest first.
  package func list(queue: String?, state: String) async throws {
    try await withPool { pool in
      if let queue {
        for row in try await pool.run(SteerJobsQueries.jobs(of: queue, in: state)) {
          command.say(try row.decode("line", as: String.self))
        }
      } else {
        command.say("queue                     waiting  delayed  running     dead")
        for row in try await pool.run(SteerJobsQueries.queues) { command.say(try row.decode("line", as: String.self)) }
      }
    }
  }

  /// Lets a dead or delayed job begin now.
  package func retry(_ job: JobID) async throws {
    try await change(SteerJobsQueries.retry(job), "There is no dead or delayed job \(job.text).", "The job begins.")
  }

  /// Takes a job away that is not running.
  package func cancel(_ job: JobID) async throws {
    try await change(
      SteerJobsQueries.cancel(job), "There is no job \(job.text) that is not running.", "The job is cancelled.")
  }

  /// Lets the dead jobs of a queue begin again.
  package func replay(_ queue: String) async throws {
    try await withPool { pool in
      let count = try await pool.run([SteerJobsQueries.replay(queue), SteerJobsQueries.wake])[0].affected
      command.say("\(count) dead jobs of \(queue) begin again.")
    }
  }

  /// Asks for drills, which change nothing.
  package func drill(_ queue: String, kind: String, count: Int) async throws {
    try await withPool { pool in
      let statement = SteerJobsQueries.drill(queue, kind: kind, count: count)
      _ = try await pool.run([statement, SteerJobsQueries.wake])
      command.say("\(count) drills wait in \(queue).")
    }
  }

  private func change(_ statement: SQL, _ problem: String, _ success: String) async throws {
    try await withPool { pool in
      guard try await pool.run([statement, SteerJobsQueries.wake])[0].affected == 1 else {
        throw Stopped(lines: [problem])
      }
      command.say(success)
    }
  }

  private func withPool(_ work: (PostgresPool) async throws -> Void) async throws {
    try await command.withPool("Looking after jobs needs", work)
  }
}
