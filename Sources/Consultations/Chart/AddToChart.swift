package import Core
package import Operations
import Patients
import Postgres

/// Writes one thing into a patient's chart.
package struct AddToChart<Kind: ChartKind>: WriteOperation {
  package let patientId: PatientID
  package let content: Kind.Content

  package static var contract: Contract {
    Contract(
      name: "patient.add\(Kind.title.one)", route: .post(Kind.list, status: 201),
      summary: "Write \(Kind.thing.one) into a patient's chart", message: "It stands in the chart.",
      access: .permission(Kind.writer), limit: .standard, mode: .write,
      audit: .row(action: "\(Kind.resource)_added", category: .patient), cache: .never)
  }

  package init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: FieldName.self)
    patientId = try fields.decode(PatientID.self, forKey: FieldName("patientId"))
    content = try Kind.Content(from: decoder)
  }

  package func run(_ call: inout WriteCall) async throws -> Document<Kind> {
    try content.check(call)
    let patient = try await call.openPatient(patientId)
    let id = ChartItemID.new(at: call.now)
    let rows = try await call.transaction.query(
      ChartQueries.insert(
        id, Kind.word, of: patientId, in: patient.hospital, by: try call.person,
        content: try call.sealed(content, for: id)))
    guard let row = rows.first else { throw Failure.internalFault }
    call.audit.resource(Kind.resource, id)
    return Document(json: try ChartItem<Kind>(row, call).json())
  }
}

extension ChartContent {
  func check(_ call: WriteCall) throws(Failure) {
    let problems = problems(at: call.now)
    guard problems.isEmpty else { throw Failure.invalid(problems) }
  }
}
