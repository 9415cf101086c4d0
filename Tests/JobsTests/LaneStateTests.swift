import Core
import FoundationEssentials
import Testing

@testable import Jobs

@Suite struct LaneStateTests {
  private static let queues = JobQueue.all.filter { $0.name == "tasks" }
  private static let room = 5

  private func leased(_ id: JobID, token: UUID = UUID()) -> LeasedJob {
    LeasedJob(
      id: id, hospital: nil, queue: "tasks", kind: "test.work", payload: [], attempt: 1, maxAttempts: 3,
      createdAt: Timestamp(microseconds: 0), waitedSeconds: 0, token: token, claimedAt: Timestamp(microseconds: 0))
  }

  @Test("214: a node that is given its own lost job again has room for it and is idle when both are over")
  func leasedTwice() {
    let now = ContinuousClock.now
    var state = LaneState(queues: Self.queues, at: now)
    let id = JobID.new(at: Timestamp(microseconds: 1))
    let (lost, again) = (leased(id), leased(id))
    for job in [lost, again] { state.begin([job], asked: state.wishes(), at: now) }
    #expect(state.wishes().map(\.room) == [Self.room - 2])
    for job in [lost, again] { state.end(job, JobOutcome(job: job, ending: .done)) }
    let outcomes = state.takeOutcomes(most: 10)
    #expect(outcomes.map(\.job.token) == [lost.token, again.token] && !state.isIdle)
    for outcome in outcomes { state.free(outcome.job) }
    #expect(state.isIdle && state.wishes().map(\.room) == [Self.room])
  }

  @Test("214: an end that is told twice frees one place")
  func endedTwice() {
    let now = ContinuousClock.now
    var state = LaneState(queues: Self.queues, at: now)
    let job = leased(JobID.new(at: Timestamp(microseconds: 1)))
    state.begin([job], asked: state.wishes(), at: now)
    state.end(job, nil)
    state.end(job, nil)
    #expect(state.isIdle && state.running.isEmpty && state.takeOutcomes(most: 1).isEmpty)
    #expect(state.wishes().map(\.room) == [Self.room])
  }

  @Test("214: whatever the order, never more run than there are workers, nor are more than twice as many leased")
  func neverTooMany() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<50 {
      var state = LaneState(queues: Self.queues, at: .now)
      var unsettled: [JobOutcome] = []
      var number: Int64 = 0
      for _ in 0..<400 {
        switch Int.random(in: 0..<3, using: &random) {
        case 0:
          let wishes = state.wishes()
          let jobs = wishes.flatMap { wish in
            (0..<Int.random(in: 0...wish.room, using: &random)).map { _ in
              number += 1
              return leased(JobID.new(at: Timestamp(microseconds: number)))
            }
          }
          state.begin(jobs, asked: wishes, at: .now)
        case 1:
          if let job = state.running.values.randomElement(using: &random) {
            state.end(job, Bool.random(using: &random) ? JobOutcome(job: job, ending: .done) : nil)
          }
        default:
          unsettled += state.takeOutcomes(most: Int.random(in: 0...3, using: &random))
          if !unsettled.isEmpty { state.free(unsettled.removeFirst().job) }
        }
        let most = state.workers[0].workers
        #expect(state.running.count == state.workers[0].running && state.running.count <= most)
        #expect(state.running.count + state.outcomes.count + unsettled.count <= 2 * most)
      }
    }
  }
}
