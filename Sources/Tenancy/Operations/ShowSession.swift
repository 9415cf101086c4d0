package import Core
package import Operations
import Postgres

/// Says who the caller is, in which hospital, and what he may do there.
package struct ShowSession: ReadOperation {
  package static let contract = Contract(
    name: "auth.getSession", aliases: ["auth.getMe"], route: .get("/session"), summary: "Who am I, and what may I do",
    message: "Signed in.", access: .signedIn, limit: RateLimit("auth.getSession", max: 300, windowSeconds: 60),
    mode: .read, audit: .refusalsOnly(category: .identity), cache: .never)

  package struct Person: Record {
    package let id: UserID
    package let name: NameText
    package let email: EmailAddress
  }

  package struct Hospital: Record {
    package let id: HospitalID
    package let name: NameText
    package let timeZone: NameText
    package let isActive: Bool
  }

  package struct Membership: Record {
    package let hospitalId: HospitalID
    package let hospitalName: NameText
    package let role: NameText
  }

  package struct Screen: Record {
    package let id: ScreenID
    package let name: NameText
    package let departmentId: DepartmentID?
  }

  package struct Output: Record {
    package let kind: NameText
    package let user: Person?
    package let screen: Screen?
    package let hospital: Hospital?
    package let role: NameText?
    package let departmentId: DepartmentID?
    package let permissions: [NameText]
    package let isOnDuty: Bool
    package let memberships: [Membership]
    package let serverTime: Timestamp
  }

  package func run(_ call: ReadCall) async throws -> Output {
    guard let caller = call.caller else { throw Failure.signInFirst }
    let duty =
      if let user = caller.userID, let hospital = caller.hospital {
        try await call.rows(TenancyQueries.duty(of: user, in: hospital.id)).first
      } else { Row?.none }
    return Output(
      kind: NameText(unchecked: caller.kind.rawValue),
      user: caller.userID.map {
        Person(id: $0, name: NameText(unchecked: caller.name), email: EmailAddress(unchecked: caller.email ?? ""))
      },
      screen: caller.screenID.map {
        Screen(id: $0, name: NameText(unchecked: caller.name), departmentId: caller.departmentID)
      },
      hospital: caller.hospital.map {
        Hospital(
          id: $0.id, name: NameText(unchecked: $0.name), timeZone: NameText(unchecked: $0.timeZone),
          isActive: $0.isActive)
      },
      role: caller.role.map { NameText(unchecked: $0) }, departmentId: caller.departmentID,
      permissions: caller.permissions.list.map { NameText(unchecked: $0.rawValue) },
      isOnDuty: try duty?.decode("isOnDuty", as: Bool.self) ?? false,
      memberships: caller.memberships.map {
        Membership(
          hospitalId: $0.hospitalID, hospitalName: NameText(unchecked: $0.hospitalName),
          role: NameText(unchecked: $0.role))
      },
      serverTime: call.now)
  }
}
