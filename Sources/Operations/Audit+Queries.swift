package import Core
import FoundationEssentials
package import Postgres

/// The statement that writes an audit row.
extension AuditRow {
  /// Where the deed itself says who did it, it says in which hospital, too: somebody who makes an account or signs in
  /// while another session is open does so outside of that session's hospital.
  private var place: HospitalID? { note.actorID == nil ? note.hospitalID ?? hospitalID : note.hospitalID }

  /// Kept for six years, the floor of the retention rules.
  package func insert(at now: Timestamp) -> SQL {
    let details = JSONValue.object(note.details.sorted { $0.key < $1.key }.map { .init($0.key, $0.value) })
    return """
      INSERT INTO audit_log (id, hospital_id, actor_kind, actor_id, actor_role, session_id, action, category, outcome,
        code, resource_type, resource_id, patient_id, address, user_agent, request_id, details, repeats,
        retention_until)
      VALUES (\(Identifier<AnyEntity>.new(at: now)), \(place), \(actorKind.rawValue),
        \(note.actorID?.rawValue ?? actorID), \(actorRole), \(note.sessionID), \(action), \(category.rawValue),
        \(outcome.rawValue), \(code), \(note.resourceType), \(note.resourceID), \(note.patientID),
        \(origin?.address), \(origin?.userAgent), \(origin?.id), \(JSONB(text: details.encoded)), \(repeats),
        ward.now() + interval '6 years')
      """
  }
}
