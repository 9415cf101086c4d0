import Core
import Operations
import Postgres

/// The statements of the search for doctors and of their ratings.
enum DoctorSearchQueries {
  /// Doctors and head doctors who work in the hospital, with what a search shows of them.
  private static func doctors(in hospital: HospitalID) -> SQL {
    """
    memberships m JOIN users u ON u.id = m.user_id AND u.is_active
    LEFT JOIN doctor_profiles d ON d.hospital_id = m.hospital_id AND d.user_id = m.user_id
    LEFT JOIN doctor_scores s ON s.hospital_id = m.hospital_id AND s.doctor_id = m.user_id
    LEFT JOIN resources r ON r.hospital_id = m.hospital_id AND r.user_id = m.user_id
    WHERE m.hospital_id = \(hospital) AND m.is_active AND m.role IN ('doctor', 'head_doctor')
    """
  }

  /// The best first; of equals who was rated more often.
  static func search(_ filter: DoctorFilter, in hospital: HospitalID) -> ShortList {
    ShortList(
      doctors(in: hospital) + conditions(filter),
      order: [
        .init("COALESCE(s.mean, 0)", "numeric"), .init("COALESCE(s.ratings, 0)", "integer"), .init("u.id", "uuid"),
      ], isFalling: true)
  }

  static func profile(of doctor: UserID, in hospital: HospitalID) -> SQL {
    "SELECT \(sql: DoctorListingKind.shape.sqlColumns) FROM \(sql: doctors(in: hospital)) AND m.user_id = \(doctor)"
  }

  private static func conditions(_ filter: DoctorFilter) -> SQL {
    var sql: SQL = ""
    if let name = filter.name { sql = sql + " AND position(lower(\(name)) IN lower(u.name)) > 0" }
    if let words = filter.specialization {
      sql = sql + " AND position(lower(\(words)) IN lower(m.specialization)) > 0"
    }
    if let department = filter.department { sql = sql + " AND m.department_id = \(department)" }
    if let rating = filter.leastRating { sql = sql + " AND COALESCE(s.mean, 0) >= \(rating)::double precision" }
    if let years = filter.leastExperience { sql = sql + " AND d.experience_years >= \(years)" }
    if let fee = filter.largestFee { sql = sql + " AND r.fee_minor <= \(fee)" }
    if let isAvailable = filter.isAvailable { sql = sql + " AND COALESCE(r.is_active, true) = \(isAvailable)" }
    if let location = filter.location { sql = sql + works("l.id = \(location)") }
    if let city = filter.city {
      sql = sql + works("position(lower(\(city)) IN lower(concat_ws(' ', l.name, l.address))) > 0")
    }
    return sql
  }

  /// Whether he works at such a location: where his hours say so, where he sits, or where his department is.
  private static func works(_ condition: SQL) -> SQL {
    """
     AND EXISTS (SELECT FROM locations l WHERE l.hospital_id = m.hospital_id AND l.is_active AND \(sql: condition)
      AND (l.id = r.location_id
        OR EXISTS (SELECT FROM departments p WHERE p.hospital_id = m.hospital_id AND p.id = m.department_id
          AND p.location_id = l.id)
        OR EXISTS (SELECT FROM working_hours w WHERE w.hospital_id = m.hospital_id AND w.resource_id = r.id
          AND w.location_id = l.id)))
    """
  }

  /// The caller's own visit, locked, with what he gave for it before.
  static func visit(_ id: AppointmentID, of person: UserID, in hospital: HospitalID) -> SQL {
    """
    SELECT a.doctor_id, a.status, (SELECT o.score FROM doctor_ratings o
      WHERE o.hospital_id = a.hospital_id AND o.appointment_id = a.id) AS score
    FROM appointments a JOIN patients p ON p.hospital_id = a.hospital_id AND p.id = a.patient_id
    WHERE a.hospital_id = \(hospital) AND a.id = \(id) AND p.user_id = \(person) FOR UPDATE OF a
    """
  }

  static func rate(_ id: AppointmentID, of doctor: UserID, in hospital: HospitalID, score: Int64) -> SQL {
    """
    INSERT INTO doctor_ratings (hospital_id, appointment_id, doctor_id, score)
    VALUES (\(hospital), \(id), \(doctor), \(score))
    ON CONFLICT (hospital_id, appointment_id) DO UPDATE SET score = excluded.score
    """
  }

  /// One rating more, or another number for one that is counted.
  static func count(_ score: Int64, before: Int64?, of doctor: UserID, in hospital: HospitalID) -> SQL {
    """
    INSERT INTO doctor_scores AS s (hospital_id, doctor_id, ratings, total) VALUES (\(hospital), \(doctor), 1, \(score))
    ON CONFLICT (hospital_id, doctor_id) DO UPDATE SET
      ratings = s.ratings + \(before == nil ? 1 : 0), total = s.total + \(score - (before ?? 0))
    """
  }
}
