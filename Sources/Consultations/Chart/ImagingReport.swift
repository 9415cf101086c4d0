package import Core
package import Operations
package import Postgres

package enum Modality: String, ChoicePrimitive { case xray, ct, mri, ultrasound, mammography, nuclear, other }

/// What was seen in pictures of a patient.
package enum ImagingReportKind: ChartKind {
  package struct Content: ChartContent {
    package let modality: Modality
    package let bodyPart: NameText
    package let findings: ClinicalNote
    package let impression: ClinicalNote?
    package let takenAt: Timestamp

    package var json: JSONValue {
      .of([
        ("modality", modality.json), ("bodyPart", bodyPart.json), ("findings", findings.json),
        ("impression", impression?.json), ("takenAt", takenAt.json),
      ])
    }

    package func problems(at now: Timestamp) -> [FieldProblem] { FieldProblem.future("takenAt", takenAt, now) }
  }

  package static let word = "imaging"
  package static var title: (one: String, many: String) { ("ImagingReport", "ImagingReports") }
  package static var path: (many: String, id: String) { ("imaging-reports", "imagingReportId") }
  package static var thing: (one: String, many: String) { ("imaging report", "imaging reports") }
  package static var writer: Permission { .manageImaging }
  package static let shape: RowShape = chartShape([
    .sealed("modality", Modality.schema), .sealed("bodyPart"), .sealed("findings"),
    .sealed("impression", nullable: true), .sealed("takenAt", Timestamp.schema),
  ])
}
