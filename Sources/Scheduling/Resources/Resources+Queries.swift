import Core
import Operations
package import Postgres

/// Something that can be taken, on the wire.
package enum BookableKind: Shaped {
  package static let shape = RowShape([
    .init("id", "r.id", .uuid), .init("kind", "r.kind", .string),
    .init("userId", "r.user_id", .uuid, nullable: true),
    .init("name", "COALESCE(r.name, (SELECT u.name FROM users u WHERE u.id = r.user_id))", .string, nullable: true),
    .init("locationId", "r.location_id", .uuid, nullable: true), .init("capacity", "r.capacity", .integer),
    .init("averageMinutes", "r.average_minutes", .integer),
    .init("feeMinor", "r.fee_minor", .integer, nullable: true), .init("isActive", "r.is_active", .boolean),
    .init("createdAt", "r.created_at", .timestamp), .init("updatedAt", "r.updated_at", .timestamp),
    .init("version", "r.version", .integer),
  ])
}

/// The statements of resources.
enum ResourceQueries {
  static func list(_ kind: ResourceKind?, onlyActive: Bool, in hospital: HospitalID) -> ShortList {
    ShortList(
      """
      resources r WHERE r.hospital_id = \(hospital) AND (\(kind?.rawValue)::text IS NULL OR r.kind = \(kind?.rawValue))
        AND (r.is_active OR NOT \(onlyActive))
      """, order: [.init("r.kind", "text"), .init("COALESCE(r.name, '')", "text"), .init("r.id", "uuid")])
  }

  static func location(_ id: Identifier<AnyEntity>, in hospital: HospitalID) -> SQL {
    "SELECT 1 FROM locations WHERE hospital_id = \(hospital) AND id = \(id) AND is_active"
  }

  static func insert(_ new: CreateResource, _ id: ResourceID, in hospital: HospitalID) -> SQL {
    """
    INSERT INTO resources AS r (hospital_id, id, kind, name, location_id, capacity, average_minutes, fee_minor)
    VALUES (\(hospital), \(id), \(new.kind.rawValue), \(new.name.text), \(new.locationId), \(new.capacity?.value ?? 1),
      \(new.averageMinutes?.value ?? 15), \(new.feeMinor?.value))
    RETURNING \(sql: BookableKind.shape.sqlColumns)
    """
  }

  static func version(of id: ResourceID, in hospital: HospitalID) -> SQL {
    "SELECT r.version, r.kind FROM resources r WHERE r.hospital_id = \(hospital) AND r.id = \(id)"
  }

  /// A doctor is named by his account.
  static func update(_ edit: UpdateResource, in hospital: HospitalID) -> SQL {
    """
    UPDATE resources r SET name = CASE WHEN r.kind = 'doctor' THEN r.name ELSE COALESCE(\(edit.name?.text), r.name) END,
      location_id = COALESCE(\(edit.locationId)::uuid, r.location_id),
      capacity = COALESCE(\(edit.capacity?.value)::smallint, r.capacity),
      average_minutes = COALESCE(\(edit.averageMinutes?.value)::smallint, r.average_minutes),
      fee_minor = COALESCE(\(edit.feeMinor?.value)::bigint, r.fee_minor),
      is_active = COALESCE(\(edit.isActive)::boolean, r.is_active), version = r.version + 1
    WHERE r.hospital_id = \(hospital) AND r.id = \(edit.resourceId) AND r.version = \(edit.version.value)
    RETURNING \(sql: BookableKind.shape.sqlColumns)
    """
  }
}
