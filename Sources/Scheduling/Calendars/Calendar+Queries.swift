import Core
import Operations
import Postgres

/// The statements of calendars elsewhere.
enum CalendarQueries {
  static func keep(_ id: CalendarFeedID, of person: UserID, in hospital: HospitalID, at now: Timestamp) -> SQL {
    """
    INSERT INTO calendar_feeds (hospital_id, user_id, id, created_at)
    VALUES (\(hospital), \(person), \(id), \(now))
    ON CONFLICT (hospital_id, user_id) DO UPDATE SET id = excluded.id, created_at = excluded.created_at
    """
  }

  static func end(of person: UserID, in hospital: HospitalID) -> SQL {
    "DELETE FROM calendar_feeds WHERE hospital_id = \(hospital) AND user_id = \(person) RETURNING id"
  }

  /// Whoever is no longer of the hospital has no feed there.
  static func owner(of feed: CalendarFeedID, in hospital: HospitalID) -> SQL {
    """
    SELECT f.user_id, h.name FROM calendar_feeds f
    JOIN memberships m ON m.hospital_id = f.hospital_id AND m.user_id = f.user_id AND m.is_active
    JOIN hospitals h ON h.id = f.hospital_id
    WHERE f.hospital_id = \(hospital) AND f.id = \(feed)
    """
  }

  /// What somebody has as a doctor and as a patient; what was given up too, so that it goes from the calendar.
  static func entries(of person: UserID, in hospital: HospitalID, at now: Timestamp) -> SQL {
    """
    SELECT a.id, a.service, a.status, a.starts_at, a.ends_at, a.updated_at, a.version, l.name AS location
    FROM appointments a
    LEFT JOIN locations l ON l.hospital_id = a.hospital_id AND l.id = a.location_id
    WHERE a.hospital_id = \(hospital)
      AND (a.doctor_id = \(person) OR a.patient_id IN (
        SELECT p.id FROM patients p WHERE p.hospital_id = \(hospital) AND p.user_id = \(person)))
      AND a.starts_at > \(now)::timestamptz - interval '30 days'
      AND a.starts_at < \(now)::timestamptz + interval '400 days'
    ORDER BY a.starts_at, a.id LIMIT 2000
    """
  }
}
