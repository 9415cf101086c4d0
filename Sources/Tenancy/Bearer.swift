import Core
import Identity
import Operations
import Postgres

/// Who stands behind a token, with every hospital in which the person works.
package struct Bearer: Sendable {
  package struct Place: Sendable {
    let hospital: Caller.Hospital
    let subdomain: String
    let nursesResolve: Bool
    let role: Role?
    let departmentID: DepartmentID?
  }

  let kind: Caller.Kind
  let id: Identifier<AnyEntity>
  let userID: UserID?
  let name: String
  let email: String?
  let sessionHospitalID: HospitalID?
  let expiresAt: Timestamp?
  let places: [Place]

  /// From the rows of `bearer_of`; nil when there are none.
  init?(_ rows: Rows) throws {
    guard let first = rows.first else { return nil }
    kind = try first.decode("kind", as: String.self) == "screen" ? .screen : .person
    id = try first.decode("id")
    userID = try first.decode("user_id")
    name = try first.decode("name")
    email = try first.decode("email")
    sessionHospitalID = try first.decode("session_hospital_id")
    expiresAt = try first.decode("expires_at")
    places = try rows.compactMap(Place.init)
  }

  /// The caller in the chosen hospital; the session's own when none is chosen.
  ///
  /// A signed token brings a hospital of its own, which counts behind the choice, and an end of its own.
  func caller(in choice: Credentials.HospitalChoice?, by claims: AccessTokens.Claims? = nil) throws(Failure) -> Caller {
    let place: Place?
    let choice = choice ?? claims?.hospitalID.map { .id($0) }
    switch choice {
    case .id(let id): place = try found(places.first { $0.hospital.id == id })
    case .subdomain(let name): place = try found(places.first { $0.subdomain == name })
    case .unreadable: throw .invalid("hospital", "must be a UUID", rule: "format")
    case nil: place = places.first { $0.hospital.id == sessionHospitalID } ?? places.first
    }
    let isScreen = kind == .screen
    var permissions = isScreen ? .screen : place?.role?.permissions ?? []
    if place?.role == .nurse, place?.nursesResolve == true { permissions = permissions.union([.resolveAlerts]) }
    return Caller(
      kind: kind, userID: userID, sessionID: isScreen ? nil : SessionID(rawValue: id.rawValue),
      screenID: isScreen ? ScreenID(rawValue: id.rawValue) : nil, name: name, email: email,
      hospital: place?.hospital, role: place?.role?.rawValue, departmentID: place?.departmentID,
      isBoundToDepartment: isScreen || (place?.role?.isBoundToDepartment ?? false) && place?.departmentID != nil,
      permissions: permissions,
      memberships: places.compactMap { place in
        place.role.map {
          Caller.Membership(
            hospitalID: place.hospital.id, hospitalName: place.hospital.name, role: $0.rawValue)
        }
      }, sessionExpiresAt: [expiresAt, claims?.expiresAt].compactMap(\.self).min())
  }

  private func found(_ place: Place?) throws(Failure) -> Place {
    guard let place else { throw Failure(.forbidden, "You do not belong to this hospital.") }
    return place
  }
}

extension Bearer.Place {
  fileprivate init?(_ row: Row) throws {
    guard let id = try row.decode("hospital_id", as: HospitalID?.self) else { return nil }
    hospital = Caller.Hospital(
      id: id, organizationID: try row.decode("organization_id"), name: try row.decode("hospital_name"),
      timeZone: try row.decode("time_zone"), isActive: try row.decode("hospital_is_active"))
    subdomain = try row.decode("subdomain")
    nursesResolve = try row.decode("nurses_resolve")
    role = try row.decode("role", as: String?.self).flatMap(Role.init)
    departmentID = try row.decode("department_id")
  }
}
