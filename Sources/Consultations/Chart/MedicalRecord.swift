package import Core
package import Operations
package import Patients
package import Postgres

package enum RecordType: String, ChoicePrimitive {
  case history, diagnosis, procedure, surgery, immunization, medication, family, social
}

/// What happened to a patient, or is known of him.
package enum MedicalRecordKind: ChartKind {
  package struct Content: ChartContent {
    package let recordType: RecordType
    package let title: NameText
    /// Of a catalogue, such as ICD-10.
    package let code: ClinicalCode?
    package let description: ClinicalNote?
    package let occurredOn: CalendarDay?

    package var json: JSONValue {
      .of([
        ("recordType", recordType.json), ("title", title.json), ("code", code?.json),
        ("description", description?.json), ("occurredOn", occurredOn?.json),
      ])
    }
  }

  package static let word = "record"
  package static var title: (one: String, many: String) { ("Record", "Records") }
  package static var path: (many: String, id: String) { ("records", "recordId") }
  package static var thing: (one: String, many: String) { ("medical record", "medical records") }
  package static var writer: Permission { .managePatients }
  package static let shape: RowShape = chartShape([
    .sealed("recordType", RecordType.schema), .sealed("title"), .sealed("code", nullable: true),
    .sealed("description", nullable: true), .sealed("occurredOn", nullable: true),
  ])
}
