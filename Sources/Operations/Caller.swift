package import Core

/// Who calls, as the authenticator found out: passed explicitly, never through a task local.
package struct Caller: Sendable {
  package enum Kind: String, Sendable { case person, screen }

  package struct Hospital: Sendable {
    package let id: HospitalID
    package let organizationID: OrganizationID
    package let name: String
    package let timeZone: String
    package let isActive: Bool

    package init(id: HospitalID, organizationID: OrganizationID, name: String, timeZone: String, isActive: Bool) {
      self.id = id
      self.organizationID = organizationID
      self.name = name
      self.timeZone = timeZone
      self.isActive = isActive
    }
  }

  package struct Membership: Sendable {
    package let hospitalID: HospitalID
    package let hospitalName: String
    package let role: String

    package init(hospitalID: HospitalID, hospitalName: String, role: String) {
      self.hospitalID = hospitalID
      self.hospitalName = hospitalName
      self.role = role
    }
  }

  package let kind: Kind
  /// The person; nil for a screen.
  package let userID: UserID?
  package let sessionID: SessionID?
  package let screenID: ScreenID?
  package let name: String
  package let email: String?
  /// The hospital of this call; nil for a person who belongs to none.
  package let hospital: Hospital?
  package let role: String?
  /// Roles that were granted in addition to the membership's, in force at this moment.
  package var grantedRoles: [String] = []
  package let departmentID: DepartmentID?
  /// Sees the alerts of its own department only.
  package let isBoundToDepartment: Bool
  package let permissions: PermissionSet
  package let memberships: [Membership]
  /// The key with which a program calls in the person's name; nil where he calls himself.
  package var keyID: Identifier<AnyEntity>?
  /// When a second factor was last shown in this session; nil where none was.
  package var secondFactorAt: Timestamp?
  /// When the session ends unless it is used before; nil for one without an end.
  package let sessionExpiresAt: Timestamp?

  package init(
    kind: Kind, userID: UserID?, sessionID: SessionID?, screenID: ScreenID?, name: String, email: String?,
    hospital: Hospital?, role: String?, departmentID: DepartmentID?, isBoundToDepartment: Bool,
    permissions: PermissionSet, memberships: [Membership], sessionExpiresAt: Timestamp? = nil
  ) {
    self.sessionExpiresAt = sessionExpiresAt
    self.kind = kind
    self.userID = userID
    self.sessionID = sessionID
    self.screenID = screenID
    self.name = name
    self.email = email
    self.hospital = hospital
    self.role = role
    self.departmentID = departmentID
    self.isBoundToDepartment = isBoundToDepartment
    self.permissions = permissions
    self.memberships = memberships
  }

  /// The id that audit rows, limits and idempotency keys count by.
  package var actorID: Identifier<AnyEntity> {
    Identifier(rawValue: userID?.rawValue ?? screenID?.rawValue ?? Identifier<AnyEntity>.example.rawValue)
  }
}

/// What a request brings to say who it is and for which hospital it speaks.
package struct Credentials: Sendable {
  package var token: String?
  /// `X-Hospital-ID`, `X-Clinic-ID`, `?hospital=` or a subdomain; nil takes the session's hospital.
  package var hospital: HospitalChoice?
  /// False for a look at who still stands behind a socket or stream: it does not make the session live on.
  package var isUse = true

  package enum HospitalChoice: Sendable, Hashable {
    case id(HospitalID)
    case subdomain(String)
    /// Something that is no id: refused once the caller is known.
    case unreadable
  }

  package init(token: String? = nil, hospital: HospitalChoice? = nil) {
    self.token = token
    self.hospital = hospital
  }
}

/// Finds out who calls; injected, since the house knows no identity. Nil when no token came.
package struct Authenticator: Sendable {
  package let authenticate: @Sendable (Credentials) async throws -> Caller?
  /// Whether the token was found good lately, told without asking anybody.
  package let knows: @Sendable (Credentials) -> Bool

  package init(
    knows: @escaping @Sendable (Credentials) -> Bool = { _ in false },
    _ authenticate: @escaping @Sendable (Credentials) async throws -> Caller?
  ) {
    self.knows = knows
    self.authenticate = authenticate
  }
}

/// Where a request came from; lands in audit rows.
package struct RequestOrigin: Sendable {
  package let id: String
  package let address: String
  package let userAgent: String
  /// What the browser keeps for Ward besides its session: small secrets that bind it to a device or to a sign-in.
  package let cookies: [BrowserCookie.Name: String]

  package init(id: String, address: String, userAgent: String, cookies: [BrowserCookie.Name: String] = [:]) {
    self.id = id
    self.cookies = cookies
    self.address = address
    self.userAgent = String(userAgent.unicodeScalars.prefix(300))
  }
}
