package import Core
package import Operations
import Postgres

/// Gives alerts of an urgency, a department and a type a ladder of their own; it counts for alerts raised afterwards.
package struct CreateLadder: WriteOperation {
  package let urgencyLevel: Urgency
  package let departmentId: DepartmentID?
  package let alertType: AlertTypeCode?
  package let stepSeconds: StepSeconds
  package let repeats: Bool?
  package let responseSeconds: ResponseSeconds?

  package static let contract = Contract(
    name: "alerts.createLadder", route: .post("/escalation-ladders", status: 201),
    summary: "Add an escalation ladder", message: "Ladder created.", access: .permission(.manageLadders),
    limit: .standard, mode: .write, audit: .row(action: "ladder_created", category: .alert), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<LadderKind> {
    let hospital = try call.hospital.id
    _ = try await LadderScope.check(departmentId, alertType, call)
    let id = LadderID.new(at: call.now)
    let rows = try await call.transaction.query(
      LadderQueries.insert(
        id, in: hospital, urgency: urgencyLevel, department: departmentId, type: alertType, self))
    guard let row = rows.first else {
      throw Failure(.conflict, "There is a ladder for this urgency, department and type already.")
    }
    call.audit.resource("escalation_ladder", id)
    call.audit.details = ["urgencyLevel": .integer(urgencyLevel.value)]
    return try Document(row)
  }
}

/// For what a ladder is: a department and a type of the hospital, both in use, or any.
enum LadderScope {
  /// The type's row, which also tells the time; names what is not there.
  static func check(
    _ department: DepartmentID?, _ type: AlertTypeCode?, _ call: WriteCall
  ) async throws -> Row {
    let hospital = try call.hospital.id
    let found = try await call.transaction.queries([
      LadderQueries.type(type, in: hospital), AlertQueries.department(department, in: hospital),
    ])
    guard found.count == 2, let row = found[0].first else { throw Failure.internalFault }
    var problems: [FieldProblem] = []
    if department != nil, found[1].isEmpty {
      problems.append(.init(path: "departmentId", message: "refers to nothing in this hospital", rule: "exists"))
    }
    if type != nil, try row.decode("code", as: String?.self) == nil {
      problems.append(.init(path: "alertType", message: "is no active type of this hospital", rule: "exists"))
    }
    guard problems.isEmpty else { throw Failure.invalid(problems) }
    return row
  }
}
