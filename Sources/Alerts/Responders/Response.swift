import Core
import Operations
import Postgres

/// How somebody answers an alert: what he is about to do, until when, and what he thinks of its urgency.
struct Response: Sendable {
  let action: ResponseAction?
  let minutes: Int?
  let delegate: UserID?
  let assessment: UrgencyAssessment
  let notes: String?

  /// Throws every field that the action misses or does not go with.
  init(
    action: ResponseAction?, minutes: ResponseMinutes?, delegate: UserID?, assessment: UrgencyAssessment?,
    notes: ShortText?, by user: UserID
  ) throws(Failure) {
    var problems: [FieldProblem] = []
    if let action, action.needsMinutes, minutes == nil {
      problems.append(
        FieldProblem(path: "estimatedResponseTime", message: "is required with \(action.rawValue)", rule: "required"))
    }
    if action == .delegating, delegate == nil {
      problems.append(FieldProblem(path: "delegateTo", message: "is required with delegating", rule: "required"))
    }
    if let delegate, action != .delegating || delegate == user {
      let message = delegate == user ? "must be somebody else" : "goes with delegating only"
      problems.append(FieldProblem(path: "delegateTo", message: message, rule: "consistent"))
    }
    guard problems.isEmpty else { throw Failure.invalid(problems) }
    self.action = action
    self.minutes = minutes.map { Int($0.value) }
    self.delegate = delegate
    self.assessment = assessment ?? .maintain
    self.notes = notes?.text
  }

  /// After how many seconds the responder is asked again: the stated time, the first step for a delegate who has to
  /// take over, or the ladder's own response time.
  func seconds(firstStep: Int, standard: Int) -> Int {
    minutes.map { $0 * 60 } ?? (action == .delegating ? firstStep : standard)
  }
}

/// A person who does something with an alert.
struct Responder: Sendable {
  let id: UserID
  let name: String
}

extension WriteCall {
  var responder: Responder {
    get throws(Failure) { Responder(id: try person, name: caller?.name ?? "") }
  }
}
