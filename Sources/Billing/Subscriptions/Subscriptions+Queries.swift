import Core
import Operations
package import Postgres

/// The statements of a hospital's subscriptions.
enum SubscriptionQueries {
  static func list(in hospital: HospitalID) -> ShortList {
    ShortList(
      "subscriptions s WHERE s.hospital_id = \(hospital)",
      order: [.init("s.created_at", "timestamptz"), .init("s.id", "uuid")], isFalling: true)
  }

  static func find(_ id: SubscriptionID, in hospital: HospitalID) -> SQL {
    "SELECT \(sql: SubscriptionKind.shape.sqlColumns) FROM subscriptions s WHERE s.hospital_id = \(hospital) AND s.id = \(id)"
  }

  /// The one in force, else the latest that ever was.
  static func current(in hospital: HospitalID) -> SQL {
    """
    SELECT \(sql: SubscriptionKind.shape.sqlColumns) FROM subscriptions s
    WHERE s.hospital_id = \(hospital) AND s.starts_at IS NOT NULL
    ORDER BY s.ends_at > ward.now() DESC, s.starts_at DESC, s.id DESC LIMIT 1
    """
  }

  /// One at a time, until the transaction ends.
  static func lock(_ hospital: HospitalID) -> SQL { "SELECT ward.lock_subscription(\(hospital))" }

  /// What is paid for and not over, in days of 24 hours.
  static func running(in hospital: HospitalID) -> SQL {
    """
    SELECT s.net_minor, s.currency, floor(extract(epoch FROM s.ends_at - s.starts_at) / 86400)::bigint AS days,
      floor(extract(epoch FROM s.ends_at - ward.now()) / 86400)::bigint AS days_left
    FROM subscriptions s
    WHERE s.hospital_id = \(hospital) AND s.status IN ('active', 'cancelled') AND s.ends_at > ward.now()
    """
  }

  static func doctors(in hospital: HospitalID) -> SQL {
    """
    SELECT count(*) AS doctors FROM memberships m
    WHERE m.hospital_id = \(hospital) AND m.is_active AND m.role IN ('doctor', 'head_doctor')
    """
  }

  /// The same that waits for its payment for less than half an hour.
  static func waiting(_ new: Subscribe, doctors: Int64, _ price: SubscriptionPrice, in hospital: HospitalID) -> SQL {
    """
    SELECT s.id FROM subscriptions s
    WHERE s.hospital_id = \(hospital) AND s.status = 'pending' AND s.plan = \(new.planCode.text)
      AND s.cycle = \(new.cycle.rawValue) AND s.doctors = \(doctors) AND s.total_minor = \(price.total.minor)
      AND s.created_at > ward.now() - interval '30 minutes'
    ORDER BY s.created_at DESC LIMIT 1
    """
  }

  static func insert(
    _ new: Subscribe, _ id: SubscriptionID, doctors: Int64, _ price: SubscriptionPrice, in hospital: HospitalID,
    by person: UserID?
  ) -> SQL {
    """
    INSERT INTO subscriptions (hospital_id, id, plan, status, cycle, doctors, currency, net_minor, credit_minor,
      fee_minor, tax_minor, total_minor, created_by)
    VALUES (\(hospital), \(id), \(new.planCode.text), 'pending', \(new.cycle.rawValue), \(doctors),
      \(price.net.currency.code), \(price.net.minor), \(price.credit.minor), \(price.fee.minor), \(price.tax.minor),
      \(price.total.minor), \(person))
    """
  }

  /// Whom to tell that it ends: a row for each of the first administrators; none where it is not in force.
  static func ending(_ id: SubscriptionID, in hospital: HospitalID) -> SQL {
    """
    SELECT u.email, h.name AS hospital, p.name AS plan, s.ends_at
    FROM subscriptions s JOIN subscription_plans p ON p.code = s.plan JOIN hospitals h ON h.id = s.hospital_id
    JOIN memberships m ON m.hospital_id = s.hospital_id AND m.is_active AND m.role = 'hospital_admin'
    JOIN users u ON u.id = m.user_id AND u.email_verified_at IS NOT NULL
    WHERE s.hospital_id = \(hospital) AND s.id = \(id) AND s.status = 'active' AND s.ends_at > ward.now()
    ORDER BY m.created_at, u.id LIMIT 20
    """
  }

  /// What is in force ends now: its time that is left was credited, or is over.
  static func endRunning(in hospital: HospitalID) -> SQL {
    """
    UPDATE subscriptions SET version = version + 1,
      status = CASE WHEN ends_at <= ward.now() THEN 'expired' ELSE 'cancelled' END,
      cancelled_at = CASE WHEN ends_at <= ward.now() THEN NULL ELSE COALESCE(cancelled_at, ward.now()) END,
      ends_at = LEAST(ends_at, ward.now())
    WHERE hospital_id = \(hospital)
      AND (status = 'active' OR status = 'cancelled' AND ends_at > ward.now())
    """
  }

  static func activate(_ id: SubscriptionID, in hospital: HospitalID) -> SQL {
    """
    UPDATE subscriptions SET status = 'active', starts_at = ward.now(), version = version + 1,
      ends_at = ward.now() + CASE cycle WHEN 'monthly' THEN interval '1 month' ELSE interval '1 year' END
    WHERE hospital_id = \(hospital) AND id = \(id) AND status = ANY (\(SubscriptionLife.before(.active)))
    RETURNING ends_at
    """
  }

  static func canBegin(_ id: SubscriptionID, in hospital: HospitalID) -> SQL {
    """
    SELECT 1 FROM subscriptions s WHERE s.hospital_id = \(hospital) AND s.id = \(id) AND s.status = 'pending'
      AND s.doctors >= (SELECT count(*) FROM memberships m
        WHERE m.hospital_id = s.hospital_id AND m.is_active AND m.role IN ('doctor', 'head_doctor'))
    """
  }

  /// What was not paid is not waited for any more.
  static func withdraw(_ id: SubscriptionID, in hospital: HospitalID) -> SQL {
    """
    UPDATE subscriptions SET status = 'cancelled', cancelled_at = ward.now(), version = version + 1
    WHERE hospital_id = \(hospital) AND id = \(id) AND status = 'pending'
    """
  }

  static func expire(_ id: SubscriptionID, in hospital: HospitalID) -> SQL {
    """
    UPDATE subscriptions SET status = 'expired', version = version + 1
    WHERE hospital_id = \(hospital) AND id = \(id) AND ends_at <= ward.now()
      AND status = ANY (\(SubscriptionLife.before(.expired)))
    RETURNING id
    """
  }

  /// The time that is paid for stays; nothing is taken back but a subscription that was never paid.
  static func cancel(_ id: SubscriptionID, version: BillingVersion, in hospital: HospitalID) -> SQL {
    """
    UPDATE subscriptions s SET status = 'cancelled', cancelled_at = ward.now(), version = s.version + 1
    WHERE s.hospital_id = \(hospital) AND s.id = \(id) AND s.version = \(version.value)
      AND s.status = ANY (\(SubscriptionLife.before(.cancelled))) AND (s.ends_at IS NULL OR s.ends_at > ward.now())
    RETURNING \(sql: SubscriptionKind.shape.sqlColumns)
    """
  }
}

package enum SubscriptionKind: Shaped {
  package static let shape = RowShape([
    .init("id", "s.id", .uuid), .init("planCode", "s.plan", .string),
    // At its end it is over, whether or not somebody has written that down yet.
    .init(
      "status", "CASE WHEN s.status = 'active' AND s.ends_at <= ward.now() THEN 'expired' ELSE s.status END", .string),
    .init("cycle", "s.cycle", .string), .init("doctors", "s.doctors", .integer),
    .init("currency", "s.currency", .string), .init("netMinor", "s.net_minor", .integer),
    .init("creditMinor", "s.credit_minor", .integer), .init("feeMinor", "s.fee_minor", .integer),
    .init("taxMinor", "s.tax_minor", .integer), .init("totalMinor", "s.total_minor", .integer),
    .init("startsAt", "s.starts_at", .timestamp, nullable: true),
    .init("endsAt", "s.ends_at", .timestamp, nullable: true),
    .init("cancelledAt", "s.cancelled_at", .timestamp, nullable: true), .init("version", "s.version", .integer),
    .init("createdAt", "s.created_at", .timestamp),
  ])
}
