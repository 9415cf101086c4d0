import Core
package import Operations
import Patients
import Postgres

/// Takes one thing out of a patient's chart; its row is kept, nobody is shown it any more.
package struct RemoveFromChart<Kind: ChartKind>: WriteOperation {
  let patientId: PatientID
  let itemId: ChartItemID

  package static var contract: Contract {
    Contract(
      name: "patient.remove\(Kind.title.one)", route: .delete(Kind.item),
      summary: "Take one of a patient's \(Kind.thing.many) out", message: "It is taken out of the chart.",
      access: .permission(Kind.writer), limit: .standard, mode: .write,
      audit: .row(action: "\(Kind.resource)_removed", category: .patient), cache: .never)
  }

  package init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: FieldName.self)
    patientId = try fields.decode(PatientID.self, forKey: FieldName("patientId"))
    itemId = try fields.decode(ChartItemID.self, forKey: FieldName(Kind.path.id))
  }

  package func run(_ call: inout WriteCall) async throws -> Document<Kind> {
    _ = try await call.chartItem(itemId, of: patientId, as: Kind.self, locks: true)
    let rows = try await call.transaction.query(
      ChartQueries.remove(itemId, in: try call.hospital.id, by: try call.person))
    guard let row = rows.first else { throw Failure.internalFault }
    return Document(json: try ChartItem<Kind>(row, call).json())
  }
}
