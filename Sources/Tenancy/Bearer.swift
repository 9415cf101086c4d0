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
    /// What was granted in addition, in force when it was read.
    let granted: [Role]
    /// Of all the roles together.
    let permissions: PermissionSet
  }

  let kind: Caller.Kind
  /// What a program's key is bound to; nil for whoever calls himself.
  let scopes: PermissionSet?
  let id: Identifier<AnyEntity>
  let userID: UserID?
  let name: String
  let email: String?
  let sessionHospitalID: HospitalID?
  let expiresAt: Timestamp?
  let places: [Place]
  /// When the first of the granted roles ends.
  let grantsEnd: Timestamp?
  /// When a second factor was last shown in the session.
  let verifiedAt: Timestamp?
  let lastSeenAt: Timestamp?
  /// After how many minutes without use the session ends; nil where the hospital sets no limit.
  let idleMinutes: Int?

  /// How long a use of the session need not be written down, in seconds.
  var pauseSeconds: Double { idleMinutes.map { min(Double($0) * 12, 3600) } ?? 3600 }

  /// From the rows of `bearer_of` and of `role_grants_of`; nil when there are none of the former.
  init?(_ rows: Rows, grants: Rows) throws {
    guard let first = rows.first else { return nil }
    kind = try first.decode("kind", as: String.self) == "screen" ? .screen : .person
    scopes = try first.decode("scopes", as: String?.self).map { words in
      PermissionSet(words.split(separator: " ").compactMap { Permission(rawValue: String($0)) })
    }
    id = try first.decode("id")
    userID = try first.decode("user_id")
    name = try first.decode("name")
    email = try first.decode("email")
    sessionHospitalID = try first.decode("session_hospital_id")
    expiresAt = try first.decode("expires_at")
    verifiedAt = try first.decode("verified_at")
    lastSeenAt = try first.decode("last_seen_at")
    idleMinutes = try first.decode("idle_minutes")
    var granted: [HospitalID: [Role]] = [:]
    for grant in grants {
      guard let role = Role(rawValue: try grant.decode("role")) else { continue }
      granted[try grant.decode("hospital_id"), default: []].append(role)
    }
    places = try rows.compactMap { try Place($0, granted: granted) }
    grantsEnd = try grants.compactMap { try $0.decode("expires_at", as: Timestamp?.self) }.min()
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
    var caller = Caller(
      kind: kind, userID: userID, sessionID: isScreen || scopes != nil ? nil : SessionID(rawValue: id.rawValue),
      screenID: isScreen ? ScreenID(rawValue: id.rawValue) : nil, name: name, email: email,
      hospital: place?.hospital, role: place?.role?.rawValue, departmentID: place?.departmentID,
      isBoundToDepartment: isScreen || (place?.isBoundToDepartment ?? false),
      permissions: isScreen ? .screen : bound(place?.permissions ?? []),
      memberships: places.compactMap { place in
        place.role.map {
          Caller.Membership(
            hospitalID: place.hospital.id, hospitalName: place.hospital.name, role: $0.rawValue)
        }
      }, sessionExpiresAt: [expiresAt, claims?.expiresAt].compactMap(\.self).min())
    caller.grantedRoles = place?.granted.map(\.rawValue) ?? []
    caller.secondFactorAt = verifiedAt
    if scopes != nil { caller.keyID = id }
    return caller
  }

  /// What the person may do now, and of that what the key was made for.
  private func bound(_ held: PermissionSet) -> PermissionSet {
    scopes.map { PermissionSet($0.list.filter(held.contains)) } ?? held
  }

  private func found(_ place: Place?) throws(Failure) -> Place {
    guard let place else { throw Failure(.forbidden, "You do not belong to this hospital.") }
    return place
  }
}

extension Bearer.Place {
  /// A further role that sees alerts and is not bound to a department looses the bond.
  fileprivate var isBoundToDepartment: Bool {
    departmentID != nil && (role?.isBoundToDepartment ?? false)
      && granted.allSatisfy { $0.isBoundToDepartment || !$0.permissions.contains(.viewAlerts) }
  }

  fileprivate init?(_ row: Row, granted: [HospitalID: [Role]]) throws {
    guard let id = try row.decode("hospital_id", as: HospitalID?.self) else { return nil }
    hospital = Caller.Hospital(
      id: id, organizationID: try row.decode("organization_id"), name: try row.decode("hospital_name"),
      timeZone: try row.decode("time_zone"), isActive: try row.decode("hospital_is_active"))
    subdomain = try row.decode("subdomain")
    nursesResolve = try row.decode("nurses_resolve")
    role = try row.decode("role", as: String?.self).flatMap(Role.init)
    departmentID = try row.decode("department_id")
    self.granted = granted[id] ?? []
    let roles = [role].compactMap(\.self) + self.granted
    let both = roles.reduce([] as PermissionSet) { $0.union($1.permissions) }
    permissions = nursesResolve && roles.contains(.nurse) ? both.union([.resolveAlerts]) : both
  }
}
