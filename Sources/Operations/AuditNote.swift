package import Core
package import FoundationEssentials
import Postgres

/// What an operation adds to the audit row of its call.
package struct AuditNote: Sendable {
  package var resourceType: String?
  package var resourceID: UUID?
  package var patientID: PatientID?
  /// Stands in for the caller where the deed itself says who it is: a sign-in.
  package var actorID: UserID?
  package var hospitalID: HospitalID?
  package var sessionID: SessionID?
  /// Ids, numbers and words of closed lists; never anything about a patient.
  package var details: [String: JSONValue] = [:]

  package init() {}

  package mutating func resource<T>(_ type: String, _ id: Identifier<T>) {
    resourceType = type
    resourceID = id.rawValue
  }
}

/// One row of the audit log.
package struct AuditRow: Sendable {
  package enum ActorKind: String, Sendable { case person, screen, system, anonymous }
  package enum Outcome: String, Sendable { case success, failure, denied }

  package var action: String
  package var category: AuditCategory
  package var outcome: Outcome
  package var code: String?
  package var actorKind: ActorKind
  package var actorID: UUID?
  package var actorRole: String?
  package var hospitalID: HospitalID?
  package var origin: RequestOrigin?
  package var note = AuditNote()
  package var repeats = 1

  package init(
    action: String, category: AuditCategory, outcome: Outcome, code: String? = nil, caller: Caller?,
    origin: RequestOrigin?
  ) {
    self.action = action
    self.category = category
    self.outcome = outcome
    self.code = code
    self.actorKind = caller.map { $0.kind == .person ? .person : .screen } ?? .anonymous
    self.actorID = caller?.userID?.rawValue ?? caller?.screenID?.rawValue
    self.actorRole = caller?.role
    self.hospitalID = caller?.hospital?.id
    self.note.sessionID = caller?.sessionID ?? caller?.keyID.map { SessionID(rawValue: $0.rawValue) }
    self.origin = origin
  }

  /// A row for something that Ward did by itself.
  package init(system action: String, category: AuditCategory, hospital: HospitalID) {
    self.init(action: action, category: category, outcome: .success, caller: nil, origin: nil)
    self.actorKind = .system
    self.hospitalID = hospital
  }
}
