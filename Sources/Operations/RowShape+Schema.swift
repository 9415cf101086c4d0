package import Core
package import Postgres

extension RowShape {
  /// The schema of one row's object.
  package var schema: JSONSchema {
    .object(
      columns.map { column in
        let schema = column.schema ?? column.kind.schema
        return .init(column.name, column.isNullable ? schema.nullable : schema)
      })
  }
}

extension RowShape.Kind {
  fileprivate var schema: JSONSchema {
    switch self {
    case .string: .string()
    case .uuid: .string(format: "uuid")
    case .integer: .integer()
    case .boolean: .boolean
    case .timestamp: .string(format: "date-time")
    case .json: .anything
    case .double: .number
    }
  }
}
