import Core
import FoundationEssentials
import Postgres

/// The statements of who leads; what they call stands in the migration "job-figures".
enum PeriodicQueries {
  static func lead(_ node: UUID, seconds: Double) -> SQL { "SELECT ward.lead_jobs(\(node), \(seconds)) AS term" }

  static func ask(for job: PeriodicJob, id: JobID, node: UUID, term: Int64) -> SQL {
    """
    SELECT ward.ask_for_period(\(node), \(term), \(job.name), \(job.everySeconds), \(id), \(job.queue), \(job.kind))
      AS asked
    """
  }
}
