import Core
import Postgres

extension WriteCall {
  /// One row for each record that the call showed or changed; nil for none.
  func accesses(as action: String) -> SQL? {
    guard !seenPatients.isEmpty, let hospital = tenant else { return nil }
    let ids = seenPatients.map { _ in Identifier<AnyEntity>.new(at: now).rawValue }
    let kind: AuditRow.ActorKind = caller.map { $0.kind == .person ? .person : .screen } ?? .system
    return """
      INSERT INTO patient_accesses (hospital_id, id, patient_id, occurred_at, actor_kind, actor_id, actor_role, action,
        request_id)
      SELECT \(hospital), seen.id, seen.patient_id, ward.now(), \(kind.rawValue),
        \(caller?.userID?.rawValue ?? caller?.screenID?.rawValue), \(caller?.role), \(action), \(origin.id)
      FROM unnest(\(ids)::uuid[], \(seenPatients.map(\.rawValue))::uuid[]) AS seen (id, patient_id)
      """
  }
}
