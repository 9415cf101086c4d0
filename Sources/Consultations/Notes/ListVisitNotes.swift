package import Core
package import Operations
package import Patients
import Postgres

/// Lists the notes of a visit and their amendments, as they were written.
package struct ListVisitNotes: WriteOperation {
  package let appointmentId: AppointmentID
  package let paging: Paging<VisitNoteKind>

  package static let contract = Contract(
    name: "appointments.getNotes", route: .get("/appointments/{appointmentId}/notes"),
    summary: "List the notes of a visit", message: "The notes.", access: .permission(.viewPatients),
    limit: RateLimit("appointments.notes", max: 300, windowSeconds: 60), mode: .read,
    audit: .reads(action: "visit_notes_viewed"), cache: .never)

  private enum Key: String, CodingKey { case appointmentId }

  package init(from decoder: any Decoder) throws {
    appointmentId = try decoder.container(keyedBy: Key.self).decode(AppointmentID.self, forKey: .appointmentId)
    paging = try Paging(from: decoder)
  }

  package func run(_ call: inout WriteCall) async throws -> OpenedPage<VisitNoteKind> {
    let visit = try await call.openVisit(appointmentId)
    let hospital = try call.hospital.id
    let place = try paging.place(in: "visit notes \(visit.id.text)")
    let after = try place.after.map(Self.key)
    let results = try await call.transaction.queries([
      VisitQueries.list(of: visit.id, in: hospital, after: after, limit: place.limit, skip: place.skip),
      VisitQueries.count(of: visit.id, in: hospital),
    ])
    guard results.count == 2, let counted = results[1].first else { throw Failure.internalFault }
    let notes = try results[0].prefix(place.limit).map { try VisitNote($0, call) }
    let page = place.page(rows: results[0].count, total: try counted.decode("total", as: Int.self)) {
      notes.last.map { [$0.id.text] } ?? []
    }
    return OpenedPage(notes.map { $0.json(paging.shape) }, page: page)
  }

  private static func key(_ key: [String]) throws(Failure) -> VisitNoteID {
    guard key.count == 1, let id = VisitNoteID(key[0]) else { throw PageCursor.foreign }
    return id
  }
}
