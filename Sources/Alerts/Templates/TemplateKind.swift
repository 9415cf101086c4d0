import Operations
package import Postgres

/// A template of alerts on the wire.
package enum AlertTemplateKind: Shaped {
  package static let shape = RowShape([
    .init("id", "p.id", .uuid), .init("name", "p.name", .string), .init("alertType", "p.alert_type", .string),
    .init("urgencyLevel", "p.urgency", .integer),
    .init("defaultDescription", "p.default_description", .string, nullable: true),
    .init("departmentId", "p.department_id", .uuid, nullable: true),
    .init("icon", "p.icon", .string, nullable: true), .init("color", "p.color", .string, nullable: true),
    .init("version", "p.version", .integer),
  ])
}
