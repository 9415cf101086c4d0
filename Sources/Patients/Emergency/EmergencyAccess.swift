import Core
import Operations
import Postgres
import Secrets

/// Opens a record that is kept from the caller, for an hour at most, and tells those who watch over access at once.
struct EmergencyAccess {
  let patient: PatientID
  let reason: EmergencyReason
  let minutes: Int64

  static let longestMinutes: Int64 = 60

  func open(_ call: inout WriteCall) async throws -> Document<AccessReviewKind> {
    let hospital = try call.hospital
    let person = try call.person
    // Locked by a statement of its own, so that the next one sees what somebody who held the lock has written.
    let found = try await call.transaction.queries([
      EmergencyQueries.lock(patient, in: hospital.id),
      PatientQueries.find(patient, in: hospital.id, try RecordScope(call)),
    ])
    guard let row = found.last?.first else { throw Failure.notFound("patient") }
    guard try !row.decode("is_open", as: Bool.self) else {
      throw Failure(.conflict, "This record is open to you as it is.")
    }
    let id = Identifier<AnyEntity>.new(at: call.now)
    let sealed = try call.secrets.seal(
      reason.text, for: .patientRecord, place: AccessReview.place("reason", of: id, in: hospital.id))
    let results = try await call.transaction.queries([
      EmergencyQueries.insert(
        id, of: patient, in: hospital.id, by: person, reason: sealed, minutes: minutes),
      EmergencyQueries.find(id, in: hospital.id), EmergencyQueries.watchers(in: hospital.id),
    ])
    guard results.count == 3, let made = results[1].first else { throw Failure.internalFault }
    call.audit.resource("emergency_access", id)
    call.saw(patient)
    call.audit.details = ["minutes": .integer(minutes)]
    try tell(results[2], id, made, &call)
    return Document(json: try AccessReview(made, call).json())
  }

  /// Names the clinician and the access, never the patient.
  private func tell(_ watchers: Rows, _ id: Identifier<AnyEntity>, _ made: Row, _ call: inout WriteCall) throws {
    let clinician = JSONValue.string(call.caller?.name ?? "")
    let granted = try made.decode("grantedAt", as: Timestamp.self).json
    let until = try made.decode("expiresAt", as: Timestamp.self).json
    var rooms: [Room] = []
    for row in watchers {
      rooms.append(.user(try row.decode("id")))
      try call.send(
        Mail(
          "emergency-access", to: EmailAddress(unchecked: try row.decode("email")),
          values: [
            "name": .string(try row.decode("name")), "clinician": clinician, "time": granted, "until": until,
            "hospital": .string(try call.hospital.name),
          ]))
    }
    guard !rooms.isEmpty else { return }
    call.emit(
      Event(
        "notification:new", to: rooms,
        payload: [
          "kind": "emergency_access", "accessId": .string(id.text), "userName": clinician, "expiresAt": until,
        ]))
  }
}
