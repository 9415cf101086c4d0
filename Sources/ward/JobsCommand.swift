import App
import ArgumentParser
import Core
import Jobs

/// Does jobs and nothing else.
struct WorkCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "work", abstract: "Do jobs and nothing else, beside nodes that serve.")

  @Option(help: "The folder of the private database.") var data = ".ward"

  func run() async throws {
    try await Program.run { settings, logger in
      try await Work(settings: settings, dataFolder: data, logger: logger, say: Program.say).run()
    }
  }
}

/// Looks at queues and steers them.
struct JobsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "jobs", abstract: "Look at queues and steer them.",
    subcommands: [List.self, Retry.self, Cancel.self, Replay.self, Drain.self, Drill.self])

  struct Place: ParsableArguments {
    @Option(help: "The folder of the private database.") var data = ".ward"

    func steer(_ work: (SteerJobs) async throws -> Void) async throws {
      try await Program.run { settings, logger in
        try await work(
          SteerJobs(OwnerCommand(settings: settings, dataFolder: data, logger: logger, say: Program.say)))
      }
    }
  }

  struct Job: ParsableArguments {
    @Argument(help: "The job's id.") var id: String

    func validate() throws {
      guard JobID(id) != nil else { throw ValidationError("The id of a job is a UUID.") }
    }
  }

  struct Queue: ParsableArguments {
    @Argument(help: "The queue's name.") var queue: String

    func validate() throws { try JobsCommand.check(queue) }
  }

  static func check(_ queue: String) throws {
    guard JobQueue.named(queue) != nil else {
      throw ValidationError("The queues are \(JobQueue.all.map(\.name).joined(separator: ", ")).")
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List queues, or the newest hundred jobs of one of them.")
    @OptionGroup var place: Place
    @Argument(help: "The queue's name.") var queue: String?
    @Option(help: "waiting, delayed, running or dead.") var state = "dead"

    func validate() throws {
      if let queue { try JobsCommand.check(queue) }
      guard ["waiting", "delayed", "running", "dead"].contains(state) else {
        throw ValidationError("--state takes waiting, delayed, running or dead.")
      }
    }

    func run() async throws { try await place.steer { try await $0.list(queue: queue, state: state) } }
  }

  struct Retry: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Let a dead or delayed job begin now.")
    @OptionGroup var place: Place
    @OptionGroup var job: Job
    func run() async throws {
      guard let id = JobID(job.id) else { return }
      try await place.steer { try await $0.retry(id) }
    }
  }

  struct Cancel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Cancel a job that is not running.")
    @OptionGroup var place: Place
    @OptionGroup var job: Job
    func run() async throws {
      guard let id = JobID(job.id) else { return }
      try await place.steer { try await $0.cancel(id) }
    }
  }

  struct Replay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Do the dead jobs of a queue again.")
    @OptionGroup var place: Place
    @OptionGroup var queue: Queue
    func run() async throws { try await place.steer { try await $0.replay(queue.queue) } }
  }

  struct Drain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Do jobs until nothing waits.")
    @OptionGroup var place: Place
    func run() async throws {
      try await Program.run { settings, logger in
        try await Work(settings: settings, dataFolder: place.data, drains: true, logger: logger, say: Program.say).run()
      }
    }
  }

  struct Drill: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Ask for jobs that change nothing, to see that a queue works.")
    @OptionGroup var place: Place
    @OptionGroup var queue: Queue
    @Option(help: "nothing, pause, failure, later or note.") var kind = "nothing"
    @Option(help: "How many, 1 to 1000000.") var count = 1

    func validate() throws {
      guard Drills.Kind(rawValue: "drill." + kind) != nil else {
        throw ValidationError("--kind takes nothing, pause, failure, later or note.")
      }
      guard (1...1_000_000).contains(count) else { throw ValidationError("--count takes 1 to 1000000.") }
    }

    func run() async throws {
      try await place.steer { try await $0.drill(queue.queue, kind: "drill." + kind, count: count) }
    }
  }
}
