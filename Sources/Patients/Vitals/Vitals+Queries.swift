import Core
import Operations
import Postgres

/// The statements of vital signs.
enum VitalsQueries {
  private static let columns: SQL = """
    v.id, v.patient_id, v.recorded_by, v.recorded_at, v.heart_rate AS "heartRate", v.systolic, v.diastolic,
    v.temperature, v.respiratory_rate AS "respiratoryRate", v.oxygen_saturation AS "oxygenSaturation",
    v.blood_glucose AS "bloodGlucose", v.pain, v.notes, v.critical, v.alert_id
    """

  static func insert(
    _ id: Identifier<AnyEntity>, of patient: PatientID, in hospital: HospitalID, by user: UserID, values: VitalValues,
    notes: [UInt8]?, alert: AlertID?
  ) -> SQL {
    func whole(_ sign: VitalSign) -> Int64? { values[sign].map { Int64($0) } }
    return """
      INSERT INTO vitals AS v (hospital_id, id, patient_id, recorded_by, heart_rate, systolic, diastolic, temperature,
        respiratory_rate, oxygen_saturation, blood_glucose, pain, notes, critical, alert_id)
      VALUES (\(hospital), \(id), \(patient), \(user), \(whole(.heartRate)), \(whole(.systolic)),
        \(whole(.diastolic)), \(values[.temperature]), \(whole(.respiratoryRate)), \(whole(.oxygenSaturation)),
        \(whole(.bloodGlucose)), \(whole(.pain)), \(notes), \(values.critical.map(\.rawValue)), \(alert))
      RETURNING \(sql: columns)
      """
  }

  /// The readings of the last hours, the newest first.
  static func recent(of patient: PatientID, in hospital: HospitalID, hours: Int, limit: Int) -> SQL {
    """
    SELECT \(sql: columns) FROM vitals v WHERE v.hospital_id = \(hospital) AND v.patient_id = \(patient)
      AND v.recorded_at > ward.now() - make_interval(hours => \(hours))
    ORDER BY v.recorded_at DESC, v.id DESC LIMIT \(limit)
    """
  }

  static func statistics(of patient: PatientID, in hospital: HospitalID, hours: Int) -> SQL {
    """
    SELECT sign.name, count(sign.value) AS count, min(sign.value) AS minimum, max(sign.value) AS maximum,
      avg(sign.value) AS average
    FROM vitals v CROSS JOIN LATERAL (VALUES
      ('heartRate', v.heart_rate::double precision), ('systolic', v.systolic), ('diastolic', v.diastolic),
      ('temperature', v.temperature), ('respiratoryRate', v.respiratory_rate),
      ('oxygenSaturation', v.oxygen_saturation), ('bloodGlucose', v.blood_glucose), ('pain', v.pain)
    ) AS sign (name, value)
    WHERE v.hospital_id = \(hospital) AND v.patient_id = \(patient)
      AND v.recorded_at > ward.now() - make_interval(hours => \(hours))
    GROUP BY sign.name
    """
  }
}
