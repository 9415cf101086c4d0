package import Core
package import Operations
package import Patients
import Postgres

/// Lists what a patient's chart holds of one kind, the newest first.
package struct ListChart<Kind: ChartKind>: WriteOperation {
  package let patientId: PatientID
  package let paging: Paging<Kind>

  package static var contract: Contract {
    Contract(
      name: "patient.get\(Kind.title.many)", route: .get(Kind.list), summary: "List a patient's \(Kind.thing.many)",
      message: "The \(Kind.thing.many).", access: .permission(.viewPatients), limit: Kind.reading, mode: .read,
      audit: .reads(action: "\(Kind.resource)s_viewed"), cache: .never)
  }

  package init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: FieldName.self)
    patientId = try fields.decode(PatientID.self, forKey: FieldName("patientId"))
    paging = try Paging(from: decoder)
  }

  package func run(_ call: inout WriteCall) async throws -> OpenedPage<Kind> {
    try await call.chart(of: try await call.openPatient(patientId), paging)
  }
}

/// Lists what the caller's own chart holds of one kind.
package struct ListOwnChart<Kind: ChartKind>: WriteOperation {
  package let paging: Paging<Kind>

  package static var contract: Contract {
    Contract(
      name: "patient.getMy\(Kind.title.many)", route: .get("/my-record/\(Kind.path.many)"),
      summary: "List one's own \(Kind.thing.many)", message: "Your \(Kind.thing.many).", access: .person,
      limit: .standard, mode: .read, audit: .reads(action: "own_\(Kind.resource)s_viewed"), cache: .never)
  }

  package init(from decoder: any Decoder) throws { paging = try Paging(from: decoder) }

  package func run(_ call: inout WriteCall) async throws -> OpenedPage<Kind> {
    try await call.chart(of: try await call.openOwnRecord(), paging)
  }
}
