package import Core
package import Operations
package import Postgres
package import Tenancy

/// Shows whom and when a patient prefers.
package struct GetPreferences: WriteOperation {
  package let patientId: PatientID

  package static let contract = Contract(
    name: "appointments.getPreferences", route: .get("/patients/{patientId}/booking-preferences"),
    summary: "Show what a patient prefers", message: "The preferences.", access: .permission(.manageAppointments),
    limit: .standard, mode: .read, audit: .reads(action: "booking_preferences_viewed"), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<BookingPreferencesKind> {
    try await call.showPreferences(of: patientId)
  }
}

/// Sets whom and when a patient prefers.
package struct SetPreferences: WriteOperation {
  package let patientId: PatientID
  package let wishes: BookingWishes

  package static let contract = Contract(
    name: "appointments.setPreferences", route: .put("/patients/{patientId}/booking-preferences"),
    summary: "Set what a patient prefers", message: "The preferences are set.",
    access: .permission(.manageAppointments), limit: .standard, mode: .write,
    audit: .row(action: "booking_preferences_set", category: .patient), cache: .never)

  private enum Key: String, CodingKey { case patientId }

  package init(from decoder: any Decoder) throws {
    patientId = try decoder.container(keyedBy: Key.self).decode(PatientID.self, forKey: .patientId)
    wishes = try BookingWishes(from: decoder)
  }

  package func run(_ call: inout WriteCall) async throws -> Document<BookingPreferencesKind> {
    try await call.setPreferences(wishes, of: patientId)
  }
}

/// Shows whom and when the caller prefers as a patient.
package struct GetOwnPreferences: WriteOperation {
  package static let contract = Contract(
    name: "appointments.getMyPreferences", route: .get("/my-record/booking-preferences"),
    summary: "Show what you prefer", message: "Your preferences.", access: .person, limit: .standard, mode: .read,
    audit: .reads(action: "own_booking_preferences_viewed"), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<BookingPreferencesKind> {
    try await call.showPreferences(of: try await call.recordOfCaller())
  }
}

/// Sets whom and when the caller prefers as a patient.
package struct SetOwnPreferences: WriteOperation {
  package let wishes: BookingWishes

  package static let contract = Contract(
    name: "appointments.setMyPreferences", route: .put("/my-record/booking-preferences"),
    summary: "Set what you prefer", message: "Your preferences are set.", access: .person, limit: .standard,
    mode: .write, audit: .row(action: "own_booking_preferences_set", category: .patient), cache: .never)

  package init(from decoder: any Decoder) throws { wishes = try BookingWishes(from: decoder) }

  package func run(_ call: inout WriteCall) async throws -> Document<BookingPreferencesKind> {
    try await call.setPreferences(wishes, of: try await call.recordOfCaller())
  }
}

/// Ranks other times for a visit of a patient: what he prefers first, then what is nearest.
package struct GetAlternatives: WriteOperation {
  package let patientId: PatientID
  package let doctorId: UserID
  package let startsAt: Timestamp
  package let minutes: VisitMinutes?
  package let isUrgent: Bool?
  package let locationId: LocationID?

  package static let contract = Contract(
    name: "appointments.getAlternatives", route: .post("/appointment-alternatives"),
    summary: "Rank other times for a visit", message: "The times.", access: .permission(.manageAppointments),
    limit: .standard, mode: .read, audit: .reads(action: "booking_alternatives_viewed"), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<AlternativesKind> {
    try await call.mustKnow(patientId)
    guard try await !call.transaction.query(AvailabilityQueries.isStaff(doctorId, in: try call.hospital.id)).isEmpty
    else { throw Failure.invalid("doctorId", "refers to nobody in this hospital", rule: "exists") }
    if let locationId {
      guard
        try await !call.transaction.query(AvailabilityQueries.locations([locationId], in: try call.hospital.id)).isEmpty
      else { throw Failure.invalid("locationId", "refers to nothing in this hospital", rule: "exists") }
    }
    let length = Int(minutes?.value ?? 15)
    var search = AlternativeSearch(
      doctor: doctorId, wanted: startsAt, minutes: length, buffer: 0, isUrgent: isUrgent ?? false,
      location: locationId)
    let books = try await call.books(of: &search, for: patientId)
    let found = search.ranked(in: books, now: call.now).map { each -> JSONValue in
      [
        "doctorId": .string(each.candidate.doctor.text), "startsAt": each.candidate.start.json,
        "endsAt": each.candidate.start.adding(seconds: Int64(length) * 60).json, "score": .integer(Int64(each.score)),
        "label": .string(each.label), "wishes": .integer(Int64(each.wishes)),
      ]
    }
    return Document(json: ["alternatives": .array(found)])
  }
}

/// Times that could be booked, the best first; `wishes` says how many of the patient's each meets.
package enum AlternativesKind: Shaped {
  package static let shape = RowShape([
    .init(
      "alternatives", "NULL", .json,
      schema: .array(
        .object([
          .init("doctorId", .string(format: "uuid")), .init("startsAt", .string(format: "date-time")),
          .init("endsAt", .string(format: "date-time")), .init("score", .integer(0...1000)),
          .init("label", .choice(["preferred", "available", "possible"])), .init("wishes", .integer(0...3)),
        ])))
  ])
}
