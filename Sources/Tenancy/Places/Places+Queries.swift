import Core
import Operations
package import Postgres

/// The statements of locations, departments and rooms. What is removed stays as a row that is not active.
enum PlaceQueries {
  // Locations

  static func locations(in hospital: HospitalID) -> ShortList {
    ShortList(
      "locations l WHERE l.hospital_id = \(hospital) AND l.is_active",
      order: [.init("l.name", "text"), .init("l.id", "uuid")])
  }

  static func location(_ id: LocationID, in hospital: HospitalID) -> SQL {
    """
    SELECT \(sql: LocationKind.shape.sqlColumns) FROM locations l
    WHERE l.hospital_id = \(hospital) AND l.id = \(id) AND l.is_active
    """
  }

  /// Holds other makers of locations back until the transaction ends, so that all of them count the same rows.
  static func lockHospital(_ hospital: HospitalID) -> SQL {
    "SELECT 1 FROM hospitals WHERE id = \(hospital) FOR NO KEY UPDATE"
  }

  static func insert(_ new: CreateLocation, _ id: LocationID, in hospital: HospitalID, limit: Int) -> SQL {
    """
    INSERT INTO locations AS l (hospital_id, id, name, address, phone, hours, time_zone)
    SELECT \(hospital), \(id), \(new.name.text), \(new.address?.text), \(new.phone?.text),
      \(new.hours?.stored ?? JSONB(text: "[]")), \(new.timeZone?.text)
    WHERE (SELECT count(*) FROM locations WHERE hospital_id = \(hospital) AND is_active) < \(limit)
    RETURNING \(sql: LocationKind.shape.sqlColumns)
    """
  }

  static func update(_ edit: UpdateLocation, in hospital: HospitalID) -> SQL {
    """
    UPDATE locations l SET name = COALESCE(\(edit.name?.text), l.name),
      address = COALESCE(\(edit.address?.text), l.address), phone = COALESCE(\(edit.phone?.text), l.phone),
      hours = COALESCE(\(edit.hours?.stored), l.hours), time_zone = COALESCE(\(edit.timeZone?.text), l.time_zone),
      version = l.version + 1
    WHERE l.hospital_id = \(hospital) AND l.id = \(edit.locationId) AND l.is_active AND l.version = \(edit.version.value)
    RETURNING \(sql: LocationKind.shape.sqlColumns)
    """
  }

  static func remove(_ id: LocationID, in hospital: HospitalID) -> SQL {
    """
    UPDATE locations l SET is_active = false, version = l.version + 1
    WHERE l.hospital_id = \(hospital) AND l.id = \(id) AND l.is_active RETURNING \(sql: LocationKind.shape.sqlColumns)
    """
  }

  // Departments

  static func insert(_ new: CreateDepartment, _ id: DepartmentID, in hospital: HospitalID) -> SQL {
    """
    INSERT INTO departments AS d (hospital_id, id, name, code, location_id)
    VALUES (\(hospital), \(id), \(new.name.text), \(new.code.text), \(new.locationId))
    ON CONFLICT (hospital_id, code) DO NOTHING RETURNING \(sql: DepartmentKind.shape.sqlColumns)
    """
  }

  static func update(_ edit: UpdateDepartment, in hospital: HospitalID) -> SQL {
    """
    UPDATE departments d SET name = COALESCE(\(edit.name?.text), d.name), code = COALESCE(\(edit.code?.text), d.code),
      location_id = COALESCE(\(edit.locationId), d.location_id),
      is_active = COALESCE(\(edit.isActive), d.is_active), version = d.version + 1
    WHERE d.hospital_id = \(hospital) AND d.id = \(edit.departmentId) AND d.version = \(edit.version.value)
    RETURNING \(sql: DepartmentKind.shape.sqlColumns)
    """
  }

  static func anyDepartment(_ id: DepartmentID, in hospital: HospitalID) -> SQL {
    "SELECT 1 FROM departments WHERE hospital_id = \(hospital) AND id = \(id)"
  }

  static func remove(_ id: DepartmentID, in hospital: HospitalID) -> SQL {
    """
    UPDATE departments d SET is_active = false, version = d.version + 1
    WHERE d.hospital_id = \(hospital) AND d.id = \(id) AND d.is_active RETURNING \(sql: DepartmentKind.shape.sqlColumns)
    """
  }

  // Rooms

  static func rooms(in hospital: HospitalID, department: DepartmentID?) -> ShortList {
    ShortList(
      """
      rooms r WHERE r.hospital_id = \(hospital) AND r.is_active
        AND (\(department)::uuid IS NULL OR r.department_id = \(department))
      """, order: [.init("r.number", "text"), .init("r.id", "uuid")])
  }

  static func room(_ id: RoomID, in hospital: HospitalID) -> SQL {
    "SELECT 1 FROM rooms WHERE hospital_id = \(hospital) AND id = \(id) AND is_active"
  }

  static func insert(_ new: CreateRoom, _ id: RoomID, in hospital: HospitalID) -> SQL {
    """
    INSERT INTO rooms AS r (hospital_id, id, number, department_id, beds)
    VALUES (\(hospital), \(id), \(new.number.text), \(new.departmentId), \(new.beds?.value ?? 1))
    ON CONFLICT (hospital_id, number) WHERE is_active DO NOTHING RETURNING \(sql: RoomKind.shape.sqlColumns)
    """
  }

  static func update(_ edit: UpdateRoom, in hospital: HospitalID) -> SQL {
    """
    UPDATE rooms r SET number = COALESCE(\(edit.number?.text), r.number),
      department_id = COALESCE(\(edit.departmentId), r.department_id),
      beds = COALESCE(\(edit.beds?.value)::smallint, r.beds), version = r.version + 1
    WHERE r.hospital_id = \(hospital) AND r.id = \(edit.roomId) AND r.is_active AND r.version = \(edit.version.value)
    RETURNING \(sql: RoomKind.shape.sqlColumns)
    """
  }

  static func remove(_ id: RoomID, in hospital: HospitalID) -> SQL {
    """
    UPDATE rooms r SET is_active = false, version = r.version + 1
    WHERE r.hospital_id = \(hospital) AND r.id = \(id) AND r.is_active RETURNING \(sql: RoomKind.shape.sqlColumns)
    """
  }
}

package enum LocationKind: Shaped {
  package static let shape = RowShape([
    .init("id", "l.id", .uuid), .init("name", "l.name", .string),
    .init("address", "l.address", .string, nullable: true), .init("phone", "l.phone", .string, nullable: true),
    .init("hours", "l.hours", .json, schema: OpeningHours.schema),
    .init("timeZone", "l.time_zone", .string, nullable: true), .init("version", "l.version", .integer),
  ])
}

package enum RoomKind: Shaped {
  package static let shape = RowShape([
    .init("id", "r.id", .uuid), .init("number", "r.number", .string),
    .init("departmentId", "r.department_id", .uuid, nullable: true), .init("beds", "r.beds", .integer),
    .init("version", "r.version", .integer),
  ])
}
