import Core
import Operations
package import Postgres

/// What somebody wants, on the wire.
package enum PreferencesKind: Shaped {
  package static let shape = RowShape([
    .init("channels", "to_jsonb(n.channels)", .json, schema: .array(.choice(PocketChannel.allCases.map(\.rawValue)))),
    .init("email", "n.email", .boolean), .init("muted", "n.is_muted", .boolean),
    .init("quietFrom", "to_char(n.quiet_from, 'HH24:MI')", .string, nullable: true),
    .init("quietUntil", "to_char(n.quiet_until, 'HH24:MI')", .string, nullable: true),
    .init("language", "n.language", .string),
    // Whether it was chosen, and not what counts for whoever has chosen nothing.
    .init("isChosen", "n.is_chosen", .boolean),
  ])
}

/// How a patient is reached, on the wire.
package enum PatientChannelsKind: Shaped {
  package static let shape = RowShape([
    .init("channels", "to_jsonb(c.channels)", .json, schema: .array(.choice(PatientChannel.allCases.map(\.rawValue)))),
    .init("language", "c.language", .string),
  ])
}

/// The statements of preferences.
enum PreferenceQueries {
  /// Somebody's own, or the hospital's, or Ward's; without a person the hospital's, or Ward's. Always one row.
  static func find(_ person: UserID?, in hospital: HospitalID) -> SQL {
    """
    SELECT \(sql: PreferencesKind.shape.sqlColumns) FROM (
      SELECT c.channels, c.email, c.is_muted, c.quiet_from, c.quiet_until, c.language,
        c.user_id IS NOT DISTINCT FROM \(person) AS is_chosen, CASE WHEN c.user_id IS NULL THEN 1 ELSE 0 END AS rank
      FROM notification_preferences c
      WHERE c.hospital_id = \(hospital) AND (c.user_id = \(person) OR c.user_id IS NULL)
      UNION ALL SELECT ARRAY['push', 'sms', 'whatsapp'], true, false, NULL, NULL, 'en', false, 2
      ORDER BY rank LIMIT 1) AS n
    """
  }

  static func put(_ choice: PreferenceChoice, of person: UserID?, in hospital: HospitalID) -> SQL {
    """
    INSERT INTO notification_preferences AS c (hospital_id, user_id, channels, email, is_muted, quiet_from, quiet_until,
      language)
    VALUES (\(hospital), \(person), \(choice.channels), \(choice.email), \(choice.muted), \(choice.quietFrom)::time,
      \(choice.quietUntil)::time, \(choice.language))
    ON CONFLICT (hospital_id, user_id) DO UPDATE SET channels = excluded.channels, email = excluded.email,
      is_muted = excluded.is_muted, quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until,
      language = excluded.language, updated_at = ward.now()
    """
  }

  static func forget(_ person: UserID, in hospital: HospitalID) -> SQL {
    "DELETE FROM notification_preferences WHERE hospital_id = \(hospital) AND user_id = \(person)"
  }

  static func putPatient(
    _ patient: PatientID, channels: [String], language: String, in hospital: HospitalID
  ) -> SQL {
    """
    INSERT INTO patient_channels AS c (hospital_id, patient_id, channels, language)
    VALUES (\(hospital), \(patient), \(channels), \(language))
    ON CONFLICT (hospital_id, patient_id) DO UPDATE SET channels = excluded.channels, language = excluded.language,
      updated_at = ward.now()
    RETURNING \(sql: PatientChannelsKind.shape.sqlColumns)
    """
  }

  static func patient(_ patient: PatientID, in hospital: HospitalID) -> SQL {
    """
    SELECT c.channels, c.language FROM patient_channels c
    WHERE c.hospital_id = \(hospital) AND c.patient_id = \(patient)
    """
  }
}

/// What is written of preferences; what was not said is what Ward takes for usual.
struct PreferenceChoice {
  let channels: [String]
  let email: Bool
  let muted: Bool
  let quietFrom: String?
  let quietUntil: String?
  let language: String

  init(
    channels: [PocketChannel]?, email: Bool?, muted: Bool?, quietFrom: ClockText?, quietUntil: ClockText?,
    language: Language?
  ) throws(Failure) {
    guard (quietFrom == nil) == (quietUntil == nil) else {
      throw .invalid(
        quietFrom == nil ? "quietFrom" : "quietUntil", "is required with the other one", rule: "required")
    }
    self.channels = channels?.uniqued().map(\.rawValue) ?? Preferences().channels.map(\.rawValue)
    self.email = email ?? true
    self.muted = muted ?? false
    self.quietFrom = quietFrom?.text
    self.quietUntil = quietUntil?.text
    self.language = language?.text ?? "en"
  }
}
