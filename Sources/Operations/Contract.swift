import Core

/// What an operation declares about itself. Nothing has a default that matters: an operation that leaves out its
/// access, limit, mode, audit or cache rule does not compile.
package struct Contract: Sendable {
  /// `router.procedure`, the name in the tRPC protocol and in the audit log.
  package let name: String
  /// Other names under which the seeds know it.
  package let aliases: [String]
  package let route: Route
  /// One sentence for people; the OpenAPI summary.
  package let summary: String
  /// What a successful answer says.
  package let message: String
  package let access: Access
  package let limit: RateLimit
  package let mode: Mode
  package let audit: AuditRule
  package let cache: CacheRule
  /// Its answer holds a token or a key, so it is never stored for a replay.
  package let answersWithSecret: Bool
  /// Who calls says in the input who he is; what does not prove it is `UNAUTHORIZED`, though anybody may call.
  package let provesIdentity: Bool
  /// Its input or answer may hold patients' data, whatever its audit category: what is kept of it is keyed and sealed.
  package let namesPatients: Bool

  package init(
    name: String, aliases: [String] = [], route: Route, summary: String, message: String, access: Access,
    limit: RateLimit, mode: Mode, audit: AuditRule, cache: CacheRule, answersWithSecret: Bool = false,
    provesIdentity: Bool = false, namesPatients: Bool = false
  ) {
    self.name = name
    self.aliases = aliases
    self.route = route
    self.summary = summary
    self.message = message
    self.access = access
    self.limit = limit
    self.mode = mode
    self.audit = audit
    self.cache = cache
    self.answersWithSecret = answersWithSecret
    self.provesIdentity = provesIdentity
    self.namesPatients = namesPatients || audit.category == .patient
  }

  package enum Access: Sendable, Equatable {
    /// Anybody, signed in or not.
    case everyone
    /// Any signed-in caller, with or without a hospital.
    case signedIn
    /// Any signed-in person, with or without a hospital, or a program with a key of his; no screen.
    case account
    /// Any signed-in person, with or without a hospital; no screen and no program.
    case person
    /// A caller with this permission in the hospital of the call.
    case permission(Permission)
  }

  /// To what the operation does something, and what: of its permission, or the caller's own things, or the public's.
  package var resource: String {
    switch access {
    case .permission(let permission): permission.resource
    case .signedIn, .account, .person: "own"
    case .everyone: "public"
    }
  }

  package var action: String {
    if case .permission(let permission) = access { return permission.action }
    return mode == .read ? "view" : "change"
  }

  package enum Mode: Sendable { case read, write }

  /// Called by POST in both worlds: it writes, or its input names a patient, and that must not stand in a URL.
  package var isPosted: Bool { mode == .write || route.method != .get }

  package enum AuditRule: Sendable, Equatable {
    /// No row for a success; refusals are written all the same.
    case refusalsOnly(category: AuditCategory)
    case row(action: String, category: AuditCategory)
    /// A read of patients' records: a `WriteOperation` of mode `read`, so that the row stands before the answer leaves.
    case reads(action: String)

    package var category: AuditCategory {
      switch self {
      case .refusalsOnly(let category), .row(_, let category): category
      case .reads: .patient
      }
    }

    /// What the row of a success is called; nil where none is written.
    package var action: String? {
      switch self {
      case .refusalsOnly: nil
      case .row(let action, _), .reads(let action): action
      }
    }
  }
}

package enum AuditCategory: String, Sendable {
  case alert, patient, identity, tenancy, scheduling, billing, audit, system, security
}

/// A REST route under `/api/v1`: a method and a template such as `/alerts/{alertId}/acknowledgement`.
package struct Route: Sendable, Hashable {
  package enum Method: String, Sendable {
    case get = "GET", post = "POST", put = "PUT", patch = "PATCH", delete = "DELETE"
  }

  package let method: Method
  package let segments: [Segment]
  package let template: String
  /// The status of a success: 200, 201 or 204.
  package let status: Int

  package enum Segment: Sendable, Hashable {
    case literal(String)
    case parameter(String)
  }

  private init(_ method: Method, _ template: String, status: Int) {
    self.method = method
    self.template = template
    self.status = status
    self.segments = template.split(separator: "/").map { part in
      part.hasPrefix("{") ? .parameter(String(part.dropFirst().dropLast())) : .literal(String(part))
    }
  }

  package static func get(_ template: String) -> Route { Route(.get, template, status: 200) }
  package static func post(_ template: String, status: Int = 200) -> Route { Route(.post, template, status: status) }
  package static func put(_ template: String) -> Route { Route(.put, template, status: 200) }
  package static func patch(_ template: String) -> Route { Route(.patch, template, status: 200) }
  package static func delete(_ template: String) -> Route { Route(.delete, template, status: 200) }

  package var parameters: [String] {
    segments.compactMap { if case .parameter(let name) = $0 { name } else { nil } }
  }
}
