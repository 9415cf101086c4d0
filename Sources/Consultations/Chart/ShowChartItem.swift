import Core
package import Operations
import Patients
import Postgres

/// Shows one thing of a patient's chart.
package struct ShowChartItem<Kind: ChartKind>: WriteOperation {
  let patientId: PatientID
  let itemId: ChartItemID

  package static var contract: Contract {
    Contract(
      name: "patient.get\(Kind.title.one)", route: .get(Kind.item),
      summary: "Show one of a patient's \(Kind.thing.many)",
      message: "It is shown.", access: .permission(.viewPatients), limit: Kind.reading, mode: .read,
      audit: .reads(action: "\(Kind.resource)_viewed"), cache: .never)
  }

  package init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: FieldName.self)
    patientId = try fields.decode(PatientID.self, forKey: FieldName("patientId"))
    itemId = try fields.decode(ChartItemID.self, forKey: FieldName(Kind.path.id))
  }

  package func run(_ call: inout WriteCall) async throws -> Document<Kind> {
    Document(json: try await call.chartItem(itemId, of: patientId, as: Kind.self).json())
  }
}
