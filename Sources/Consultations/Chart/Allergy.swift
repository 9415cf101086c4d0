package import Core
package import Operations
package import Postgres

package enum AllergySeverity: String, ChoicePrimitive { case mild, moderate, severe }

/// Whether it still counts; one that was outgrown or disproved stays to be seen.
package enum AllergyStanding: String, ChoicePrimitive { case active, inactive }

/// What a patient does not bear.
package enum AllergyKind: ChartKind {
  package struct Content: ChartContent {
    package let substance: NameText
    package let reaction: ShortText?
    package let severity: AllergySeverity
    package let standing: AllergyStanding?
    package let notes: ClinicalNote?

    package var json: JSONValue {
      .of([
        ("substance", substance.json), ("reaction", reaction?.json), ("severity", severity.json),
        ("standing", (standing ?? .active).json), ("notes", notes?.json),
      ])
    }
  }

  package static let word = "allergy"
  package static var title: (one: String, many: String) { ("Allergy", "Allergies") }
  package static var path: (many: String, id: String) { ("allergies", "allergyId") }
  package static var thing: (one: String, many: String) { ("allergy", "allergies") }
  package static var writer: Permission { .managePatients }
  package static let shape: RowShape = chartShape([
    .sealed("substance"), .sealed("reaction", nullable: true), .sealed("severity", AllergySeverity.schema),
    .sealed("standing", AllergyStanding.schema), .sealed("notes", nullable: true),
  ])
}
