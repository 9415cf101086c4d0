package import Core
package import Operations
import Postgres
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

  package func run(_ call: inout WriteCall) async throws -> [RankedTime] {
    _ = try await call.showPreferences(of: patientId)
    guard try await !call.transaction.query(AvailabilityQueries.isStaff(doctorId, in: try call.hospital.id)).isEmpty
    else { throw Failure.invalid("doctorId", "refers to nobody in this hospital", rule: "exists") }
    if let locationId {
      guard
        try await !call.transaction.query(AvailabilityQueries.locations([locationId], in: try call.hospital.id)).isEmpty
      else { throw Failure.invalid("locationId", "refers to nothing in this hospital", rule: "exists") }
    }
    let length = Int(minutes?.value ?? 15)
    let search = AlternativeSearch(
      doctor: doctorId, wanted: startsAt, minutes: length, buffer: 0, isUrgent: isUrgent ?? false,
      location: locationId, preference: try await call.preference(of: patientId))
    return try await call.alternatives(search).map {
      RankedTime(
        doctorId: $0.candidate.doctor, startsAt: $0.candidate.start,
        endsAt: $0.candidate.start.adding(seconds: Int64(length) * 60), score: Score(unchecked: Int64($0.score)),
        label: $0.label == "preferred" ? .preferred : $0.label == "available" ? .available : .possible,
        wishes: Score(unchecked: Int64($0.wishes)))
    }
  }
}

/// A time that could be booked.
package struct RankedTime: Record {
  package enum Label: String, ChoicePrimitive { case preferred, available, possible }

  package let doctorId: UserID
  package let startsAt: Timestamp
  package let endsAt: Timestamp
  package let score: Score
  package let label: Label
  /// How many of the patient's wishes it meets.
  package let wishes: Score
}

package struct Score: IntegerPrimitive {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var range: ClosedRange<Int64> { 0...1000 }
}
