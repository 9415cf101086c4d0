import Core
package import Operations
import Patients
import Postgres

/// Writes one thing of a patient's chart anew, from the version that was read.
package struct ChangeChartItem<Kind: ChartKind>: WriteOperation {
  let patientId: PatientID
  let itemId: ChartItemID
  let version: RecordVersion
  let content: Kind.Content

  package static var contract: Contract {
    Contract(
      name: "patient.update\(Kind.title.one)", route: .put(Kind.item),
      summary: "Write one of a patient's \(Kind.thing.many) anew", message: "It is written anew.",
      access: .permission(Kind.writer), limit: .standard, mode: .write,
      audit: .row(action: "\(Kind.resource)_changed", category: .patient), cache: .never)
  }

  package init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: FieldName.self)
    patientId = try fields.decode(PatientID.self, forKey: FieldName("patientId"))
    itemId = try fields.decode(ChartItemID.self, forKey: FieldName(Kind.path.id))
    version = try fields.decode(RecordVersion.self, forKey: FieldName("version"))
    content = try Kind.Content(from: decoder)
  }

  package func run(_ call: inout WriteCall) async throws -> Document<Kind> {
    try content.check(call)
    let before = try await call.chartItem(itemId, of: patientId, as: Kind.self, locks: true)
    guard before.version == version.value else {
      throw Failure(
        .conflict, "Somebody else has changed this.", details: ["version": .integer(before.version)])
    }
    let rows = try await call.transaction.query(
      ChartQueries.update(
        itemId, in: try call.hospital.id, by: try call.person, content: try call.sealed(content, for: itemId)))
    guard let row = rows.first else { throw Failure.internalFault }
    return Document(json: try ChartItem<Kind>(row, call).json())
  }
}
