package import Core
package import Operations
import Postgres

enum ChartEntity {}
typealias ChartItemID = Identifier<ChartEntity>

/// What somebody wrote about one thing of a chart, under the names that the API uses.
package protocol ChartContent: Decodable, Sendable {
  var json: JSONValue { get }
  /// What only the clock knows to be wrong.
  func problems(at now: Timestamp) -> [FieldProblem]
}

extension ChartContent {
  package func problems(at now: Timestamp) -> [FieldProblem] { [] }
}

/// One kind of thing that a chart holds. A new kind is one file with its content and shape, and one line that registers
/// it; operations, sealing and the log of who saw what come with it.
package protocol ChartKind: Shaped {
  associatedtype Content: ChartContent
  /// As rows say it.
  static var word: String { get }
  /// Of operations: `patient.addLabReport`, `patient.getLabReports`.
  static var title: (one: String, many: String) { get }
  /// Of routes: `/patients/{patientId}/lab-reports/{labReportId}`.
  static var path: (many: String, id: String) { get }
  /// In sentences.
  static var thing: (one: String, many: String) { get }
  static var writer: Permission { get }
}

extension ChartKind {
  static var list: String { "/patients/{patientId}/\(path.many)" }
  static var item: String { "\(list)/{\(path.id)}" }
  /// In audit rows: `lab_report`.
  static var resource: String { thing.one.replacing(" ", with: "_") }

  static var reading: RateLimit { RateLimit("patient.chart", max: 300, windowSeconds: 60) }

  /// What every thing of a chart says besides its content; nothing of it is computed by SQL, since it is opened first.
  static func chartShape(_ content: [RowShape.Column]) -> RowShape {
    RowShape(
      [.init("id", "c.id", .uuid), .init("patientId", "c.patient_id", .uuid)] + content + [
        .init("createdBy", "c.created_by", .uuid), .init("createdAt", "c.created_at", .timestamp),
        .init("updatedAt", "c.updated_at", .timestamp), .init("version", "c.version", .integer),
      ])
  }
}

extension RowShape.Column {
  /// A field of sealed content.
  static func sealed(_ name: String, nullable: Bool = false, _ schema: JSONSchema? = nil) -> RowShape.Column {
    RowShape.Column(name, "NULL", schema == nil ? .string : .json, nullable: nullable, schema: schema)
  }
}

/// A field of an input whose name depends on the kind.
struct FieldName: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }

  init(_ name: String) { stringValue = name }
  init?(stringValue: String) { self.init(stringValue) }
  init?(intValue: Int) { nil }
}

extension JSONValue {
  /// An object of the fields that have a value.
  static func of(_ fields: [(String, JSONValue?)]) -> JSONValue {
    .object(fields.compactMap { name, value in value.map { .init(name, $0) } })
  }
}
