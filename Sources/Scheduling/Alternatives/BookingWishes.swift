package import Core
import Operations
import Postgres
package import Tenancy

/// Whom and when a patient prefers, as it is set: what is not given is not preferred any more.
package struct BookingWishes: Decodable, Sendable {
  package let doctorId: UserID?
  package let weekdays: [Weekday]?
  package let earliest: HandoverTime?
  package let latest: EndTime?
  /// That of the wishes which are replaced; 0 for the first.
  package let version: HoursVersion

  private enum Key: String, CodingKey { case doctorId, weekdays, earliest, latest, version }

  package init(from decoder: any Decoder) throws {
    let input = try decoder.container(keyedBy: Key.self)
    doctorId = try input.decodeIfPresent(UserID.self, forKey: .doctorId)
    weekdays = try input.decodeIfPresent([Weekday].self, forKey: .weekdays)
    earliest = try input.decodeIfPresent(HandoverTime.self, forKey: .earliest)
    latest = try input.decodeIfPresent(EndTime.self, forKey: .latest)
    version = try input.decode(HoursVersion.self, forKey: .version)
    guard let notes = decoder as? any InputNoting else { return }
    if let weekdays, Set(weekdays).count != weekdays.count {
      notes.note("weekdays", "must not name one twice", rule: "unique")
    }
    switch (earliest, latest) {
    case (_?, nil): notes.note("latest", "belongs to earliest", rule: "required", against: ["earliest"])
    case (nil, _?): notes.note("earliest", "belongs to latest", rule: "required", against: ["latest"])
    case (let earliest?, let latest?) where latest.minutes <= earliest.minutes:
      notes.note("latest", "must be after earliest", rule: "order", against: ["earliest"])
    default: break
    }
  }
}

extension WriteCall {
  mutating func showPreferences(of patient: PatientID) async throws -> Document<BookingPreferencesKind> {
    let rows = try await transaction.query(PreferenceQueries.show(patient, in: try hospital.id))
    guard let row = rows.first else { throw Failure.notFound("patient") }
    audit.resource("patient", patient)
    saw(patient)
    return try Document(row)
  }

  mutating func setPreferences(_ wishes: BookingWishes, of patient: PatientID) async throws
    -> Document<BookingPreferencesKind>
  {
    let hospital = try hospital.id
    _ = try await showPreferences(of: patient)
    if let doctor = wishes.doctorId {
      guard try await !transaction.query(AvailabilityQueries.isStaff(doctor, in: hospital)).isEmpty else {
        throw Failure.invalid("doctorId", "refers to nobody in this hospital", rule: "exists")
      }
    }
    guard try await !transaction.query(PreferenceQueries.set(wishes, of: patient, in: hospital)).isEmpty else {
      throw Failure(.conflict, "The preferences were changed meanwhile. Read them again.")
    }
    let rows = try await transaction.query(PreferenceQueries.show(patient, in: hospital))
    guard let row = rows.first else { throw Failure.internalFault }
    return try Document(row)
  }

  func recordOfCaller() async throws -> PatientID {
    let rows = try await transaction.query(PreferenceQueries.own(try person, in: try hospital.id))
    guard let row = rows.first else {
      throw Failure(.forbidden, "You have no record of your own in this hospital.")
    }
    return try row.decode("id")
  }
}
