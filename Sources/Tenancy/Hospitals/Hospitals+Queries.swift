import Core
import Operations
import Postgres

/// The statements of hospitals.
enum HospitalQueries {
  static func hospital(_ id: HospitalID) -> SQL {
    "SELECT \(sql: HospitalKind.shape.sqlColumns) FROM hospitals h WHERE h.id = \(id)"
  }

  static func hospitals(of user: UserID) -> ShortList {
    ShortList(
      """
      memberships m JOIN hospitals h ON h.id = m.hospital_id WHERE m.user_id = \(user) AND m.is_active
      """, order: [.init("h.name", "text"), .init("h.id", "uuid")])
  }

  static func named(_ subdomain: Subdomain) -> SQL {
    """
    SELECT \(sql: PublicHospitalKind.shape.sqlColumns) FROM hospital_named(\(subdomain.text)) h
    """
  }

  static func update(_ id: HospitalID, _ settings: UpdateSettings) -> SQL {
    """
    UPDATE hospitals h SET kind = COALESCE(\(settings.type?.rawValue), h.kind),
      time_zone = COALESCE(\(settings.timeZone?.text), h.time_zone),
      currency = COALESCE(\(settings.currency?.code), h.currency),
      is_active = COALESCE(\(settings.isActive), h.is_active),
      nurses_resolve = COALESCE(\(settings.nursesResolve), h.nurses_resolve),
      restrict_records = COALESCE(\(settings.restrictRecords), h.restrict_records),
      idle_minutes = NULLIF(COALESCE(\(settings.idleMinutes?.value), h.idle_minutes), 0)
    WHERE h.id = \(id) RETURNING \(sql: HospitalKind.shape.sqlColumns)
    """
  }

  static func update(_ id: HospitalID, _ details: HospitalDetails) -> SQL {
    """
    UPDATE hospitals h SET name = COALESCE(\(details.name), h.name),
      subdomain = COALESCE(\(details.subdomain), h.subdomain),
      license_number = COALESCE(\(details.licenseNumber), h.license_number),
      tax_number = COALESCE(\(details.taxNumber), h.tax_number), email = COALESCE(\(details.email), h.email),
      phone = COALESCE(\(details.phone), h.phone), address = COALESCE(\(details.address), h.address)
    WHERE h.id = \(id) RETURNING \(sql: HospitalKind.shape.sqlColumns)
    """
  }

  static func add(_ new: NewOrganization) -> SQL {
    """
    SELECT add_hospital(\(new.hospital), \(new.hospitalName), \(new.subdomain), \(new.hospitalKind), \(new.timeZone))
      AS outcome
    """
  }

  /// Back to the hospital for which the call is made.
  static func enter(_ hospital: HospitalID?) -> SQL {
    "SELECT set_config('ward.hospital', \(hospital?.text ?? ""), true)"
  }

  static func beginEdit(_ hospital: HospitalID, by user: UserID, codeHash: [UInt8]) -> SQL {
    """
    INSERT INTO hospital_edits AS e (hospital_id, user_id, code_hash, sent_at, expires_at)
    VALUES (\(hospital), \(user), \(codeHash), ward.now(), ward.now() + interval '5 minutes')
    ON CONFLICT (hospital_id) DO UPDATE SET user_id = excluded.user_id, code_hash = excluded.code_hash, tries = 0,
      sent_at = excluded.sent_at, expires_at = excluded.expires_at, verified_until = NULL
      WHERE e.sent_at <= ward.now() - interval '60 seconds'
    RETURNING e.expires_at
    """
  }

  static func tryEdit(_ hospital: HospitalID, by user: UserID, codeHash: [UInt8]) -> SQL {
    "SELECT try_hospital_edit(\(hospital), \(user), \(codeHash)) AS outcome"
  }

  /// Uses the one change up that a code opened; no row when none is open for this person.
  static func spendEdit(_ hospital: HospitalID, by user: UserID) -> SQL {
    """
    DELETE FROM hospital_edits WHERE hospital_id = \(hospital) AND user_id = \(user) AND verified_until > ward.now()
    RETURNING 1
    """
  }
}

/// What a hospital is called and where it is found; nil leaves a field as it is.
struct HospitalDetails {
  var name: String?
  var subdomain: String?
  var licenseNumber: String?
  var taxNumber: String?
  var email: String?
  var phone: String?
  var address: String?
}
