package import Core
package import Operations
package import Postgres

/// How a value stands to its range.
package enum LabFlag: String, ChoicePrimitive { case normal, low, high, abnormal, critical }

/// What a laboratory found.
package enum LabReportKind: ChartKind {
  package struct Content: ChartContent {
    package let test: NameText
    /// Of a catalogue, such as LOINC.
    package let code: ClinicalCode?
    package let value: NameText
    package let unit: UnitText?
    package let referenceRange: NameText?
    package let flag: LabFlag?
    package let takenAt: Timestamp
    package let notes: ClinicalNote?

    package var json: JSONValue {
      .of([
        ("test", test.json), ("code", code?.json), ("value", value.json), ("unit", unit?.json),
        ("referenceRange", referenceRange?.json), ("flag", (flag ?? .normal).json), ("takenAt", takenAt.json),
        ("notes", notes?.json),
      ])
    }

    package func problems(at now: Timestamp) -> [FieldProblem] { FieldProblem.future("takenAt", takenAt, now) }
  }

  package static let word = "lab"
  package static var title: (one: String, many: String) { ("LabReport", "LabReports") }
  package static var path: (many: String, id: String) { ("lab-reports", "labReportId") }
  package static var thing: (one: String, many: String) { ("lab report", "lab reports") }
  package static var writer: Permission { .manageLabReports }
  package static let shape: RowShape = chartShape([
    .sealed("test"), .sealed("code", nullable: true), .sealed("value"), .sealed("unit", nullable: true),
    .sealed("referenceRange", nullable: true), .sealed("flag", LabFlag.schema), .sealed("takenAt", Timestamp.schema),
    .sealed("notes", nullable: true),
  ])
}
