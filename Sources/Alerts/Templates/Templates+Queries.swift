import Core
import Operations
import Postgres

/// The statements of templates of alerts.
enum TemplateQueries {
  static func list(in hospital: HospitalID) -> ShortList {
    ShortList(
      "alert_templates p WHERE p.hospital_id = \(hospital) AND p.is_active",
      order: [.init("p.name", "text"), .init("p.id", "uuid")])
  }

  /// No row when there is one of this name already.
  static func insert(_ id: TemplateID, _ template: CreateTemplate, in hospital: HospitalID) -> SQL {
    """
    INSERT INTO alert_templates AS p
      (hospital_id, id, name, alert_type, urgency, default_description, department_id, icon, color)
    VALUES (\(hospital), \(id), \(template.name.text), \(template.alertType.text), \(template.urgencyLevel.value),
      \(template.defaultDescription?.text), \(template.departmentId), \(template.icon?.text), \(template.color?.text))
    ON CONFLICT DO NOTHING RETURNING \(sql: AlertTemplateKind.shape.sqlColumns)
    """
  }

  static func update(_ edit: UpdateTemplate, in hospital: HospitalID) -> SQL {
    """
    UPDATE alert_templates p SET name = COALESCE(\(edit.name?.text), name),
      alert_type = COALESCE(\(edit.alertType?.text), alert_type),
      urgency = COALESCE(\(edit.urgencyLevel?.value)::smallint, urgency),
      default_description = COALESCE(\(edit.defaultDescription?.text), default_description),
      department_id = COALESCE(\(edit.departmentId), department_id), icon = COALESCE(\(edit.icon?.text), icon),
      color = COALESCE(\(edit.color?.text), color), version = version + 1
    WHERE p.hospital_id = \(hospital) AND p.id = \(edit.templateId) AND p.version = \(edit.version.value) AND p.is_active
    RETURNING \(sql: AlertTemplateKind.shape.sqlColumns)
    """
  }

  static func delete(_ id: TemplateID, in hospital: HospitalID) -> SQL {
    """
    UPDATE alert_templates SET is_active = false, version = version + 1
    WHERE hospital_id = \(hospital) AND id = \(id) AND is_active RETURNING id
    """
  }

  static func find(_ id: TemplateID, in hospital: HospitalID) -> SQL {
    """
    SELECT \(sql: AlertTemplateKind.shape.sqlColumns) FROM alert_templates p
    WHERE p.hospital_id = \(hospital) AND p.id = \(id) AND p.is_active
    """
  }
}
