import Core
import Operations
import Postgres
import Tenancy

/// Who is on call for a department at a moment, by the hospital's schedules: the tiers reach them as if on duty.
///
/// A schedule of a department counts for alerts of that department and for those of none, one of the whole hospital for
/// all; a person counts in the tier of his role.
struct OnCallNow {
  struct Person {
    let id: UserID
    let name: String
    let role: String
    let department: DepartmentID?
  }

  let people: [Person]

  /// `department` nil: every schedule.
  init(_ book: OnCallBook, at time: Timestamp, for department: DepartmentID?) {
    let counting = book.schedules.filter { department == nil || $0.department == nil || $0.department == department }
    people = counting.compactMap { schedule in
      guard let duty = schedule.plan.duty(at: time), let person = book.people[duty.person],
        Self.roles.contains(person.role)
      else { return nil }
      return Person(id: duty.person, name: person.name, role: person.role, department: schedule.department)
    }
  }

  /// Administrators are reached anyhow; who has another role is in no tier.
  private static let roles = ["nurse", "doctor", "head_doctor"]

  /// Nobody, and nothing asked, where `staff`, the rows of those on duty, say that the hospital has no schedules.
  static func people(
    _ staff: Rows, for department: DepartmentID?, in hospital: HospitalID, at time: Timestamp,
    _ transaction: Transaction
  ) async throws -> [Person] {
    guard try staff.contains(where: { try $0.decode("user_id", as: UserID?.self) == nil }) else { return [] }
    let answers = try await transaction.queries(OnCallBook.statements(of: nil, in: hospital, from: time, to: time))
    return OnCallNow(try OnCallBook(answers), at: time, for: department).people
  }
}

extension Reachable {
  /// Whom the tiers reach now: who is on duty, and who is on call.
  static func now(
    for department: DepartmentID?, in hospital: HospitalID, at time: Timestamp, _ transaction: Transaction
  ) async throws -> Reachable {
    let staff = try await transaction.query(EscalationQueries.reachable(department: department, in: hospital))
    return try await found(staff, for: department, in: hospital, at: time, transaction)
  }

  /// The same where those on duty were asked for already.
  static func found(
    _ staff: Rows, for department: DepartmentID?, in hospital: HospitalID, at time: Timestamp,
    _ transaction: Transaction
  ) async throws -> Reachable {
    var reachable = try Reachable(staff)
    reachable.add(try await OnCallNow.people(staff, for: department, in: hospital, at: time, transaction))
    return reachable
  }

  mutating func add(_ onCall: [OnCallNow.Person]) {
    for person in onCall {
      let group = TierGroup(role: person.role)
      if people[group]?.contains(person.id) != true { people[group, default: []].append(person.id) }
    }
  }
}
