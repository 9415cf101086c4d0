package import Core
package import Operations
package import Patients
import Postgres
package import Scheduling

/// Shows a consultation to the two who meet in it.
package struct ShowConsultation: WriteOperation {
  package let consultationId: AppointmentID

  package static let contract = Contract(
    name: "consultations.get", route: .get("/consultations/{consultationId}"), summary: "Show a consultation",
    message: "The consultation.", access: .person, limit: .standard, mode: .read,
    audit: .reads(action: "consultation_viewed"), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<ConsultationKind> {
    Document(json: try await call.consultation(consultationId).appointment.consultation())
  }
}

/// Lists the caller's own consultations, as doctor or as patient, the earliest first.
package struct ListConsultations: WriteOperation {
  package let paging: Paging<ConsultationKind>
  package let status: [AppointmentStatusWord]?

  package static let contract = Contract(
    name: "consultations.list", route: .get("/consultations"), summary: "List one's own consultations",
    message: "Your consultations.", access: .person, limit: .standard, mode: .read,
    audit: .reads(action: "consultations_listed"), cache: .never)

  private enum Key: String, CodingKey { case status }

  package init(from decoder: any Decoder) throws {
    paging = try Paging(from: decoder)
    status = try decoder.container(keyedBy: Key.self).decodeIfPresent([AppointmentStatusWord].self, forKey: .status)
  }

  package func run(_ call: inout WriteCall) async throws -> OpenedPage<ConsultationKind> {
    let (hospital, person) = (try call.hospital.id, try call.person)
    let states = Set((status ?? []).map(\.rawValue)).sorted()
    let place = try paging.place(in: "consultations \(states.joined(separator: ","))")
    let after = try place.after.map(Self.key)
    let results = try await call.transaction.queries([
      ConsultationQueries.list(person, in: hospital, states, after: after, limit: place.limit, skip: place.skip),
      ConsultationQueries.count(person, in: hospital, states),
    ])
    guard results.count == 2, let counted = results[1].first else { throw Failure.internalFault }
    let shown = try results[0].prefix(place.limit).map { try Appointment($0, call.secrets) }
    call.saw(shown.map(\.patient))
    let page = place.page(rows: results[0].count, total: try counted.decode("total", as: Int.self)) {
      shown.last.map { [String($0.startsAt.microseconds), $0.id.text] } ?? []
    }
    return OpenedPage(shown.map { $0.consultation(paging.shape) }, page: page)
  }

  private static func key(_ key: [String]) throws(Failure) -> (Timestamp, AppointmentID) {
    guard key.count == 2, let time = Int64(key[0]), let id = AppointmentID(key[1]),
      abs(time) < 250_000_000_000_000_000
    else { throw PageCursor.foreign }
    return (Timestamp(microseconds: time), id)
  }
}
