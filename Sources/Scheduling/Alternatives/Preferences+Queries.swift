import Core
import Operations
package import Postgres
import Tenancy

/// The statements of what patients prefer.
enum PreferenceQueries {
  static func find(_ patient: PatientID, in hospital: HospitalID) -> SQL {
    """
    SELECT doctor_id, weekdays, (extract(epoch FROM earliest) / 60)::integer AS earliest,
      (extract(epoch FROM latest) / 60)::integer AS latest
    FROM booking_preferences WHERE hospital_id = \(hospital) AND patient_id = \(patient)
    """
  }

  /// One row for a patient of the hospital, also where nothing is preferred.
  static func show(_ patient: PatientID, in hospital: HospitalID) -> SQL {
    """
    SELECT \(sql: BookingPreferencesKind.shape.sqlColumns) FROM patients p
    LEFT JOIN booking_preferences b ON b.hospital_id = p.hospital_id AND b.patient_id = p.id
    WHERE p.hospital_id = \(hospital) AND p.id = \(patient)
    """
  }

  /// No row when the version is another one, or there is no such patient.
  static func set(_ new: BookingWishes, of patient: PatientID, in hospital: HospitalID) -> SQL {
    """
    INSERT INTO booking_preferences AS b (hospital_id, patient_id, doctor_id, weekdays, earliest, latest)
    SELECT p.hospital_id, p.id, \(new.doctorId), \((new.weekdays ?? []).map(\.value))::smallint[],
      \(new.earliest?.text)::time, \(new.latest?.text)::time
    FROM patients p WHERE p.hospital_id = \(hospital) AND p.id = \(patient) AND (\(new.version.value) = 0 OR EXISTS (
      SELECT 1 FROM booking_preferences o WHERE o.hospital_id = p.hospital_id AND o.patient_id = p.id))
    ON CONFLICT (hospital_id, patient_id) DO UPDATE SET doctor_id = excluded.doctor_id, weekdays = excluded.weekdays,
      earliest = excluded.earliest, latest = excluded.latest, version = b.version + 1
      WHERE b.version = \(new.version.value)
    RETURNING 1
    """
  }

  static func own(_ person: UserID, in hospital: HospitalID) -> SQL {
    "SELECT id FROM patients WHERE hospital_id = \(hospital) AND user_id = \(person)"
  }
}

/// Whom and when a patient prefers.
package enum BookingPreferencesKind: Shaped {
  package static let shape = RowShape([
    .init("patientId", "p.id", .uuid), .init("doctorId", "b.doctor_id", .uuid, nullable: true),
    .init("weekdays", "COALESCE(to_jsonb(b.weekdays), '[]')", .json, schema: .array(.integer(1...7))),
    .init("earliest", "to_char(b.earliest, 'HH24:MI')", .string, nullable: true),
    .init("latest", "to_char(b.latest, 'HH24:MI')", .string, nullable: true),
    .init("version", "COALESCE(b.version, 0)", .integer),
  ])
}

extension BookingPreference {
  init(_ row: Row) throws {
    let earliest = try row.decode("earliest", as: Int?.self)
    let latest = try row.decode("latest", as: Int?.self)
    var hours: Range<Int>?
    if let earliest, let latest, earliest < latest { hours = earliest..<latest }
    self.init(
      doctor: try row.decode("doctor_id"), weekdays: Set(try row.decode("weekdays", as: [Int].self)), hours: hours)
  }
}
