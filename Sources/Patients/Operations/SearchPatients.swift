import Core
package import Operations
import Postgres

/// Finds patients by words of their name, a record number or a day of birth; by POST, so that no name stands in a URL.
package struct SearchPatients: WriteOperation {
  package let text: SearchText
  package let paging: Paging<PatientSummaryKind>

  package static let contract = Contract(
    name: "patient.search", route: .post("/patients/search"), summary: "Search for patients",
    message: "The patients.", access: .permission(.viewPatients),
    limit: RateLimit("patient.search", max: 300, windowSeconds: 60), mode: .read,
    audit: .reads(action: "patients_searched"), cache: .never)

  private enum Key: String, CodingKey { case text }

  package init(from decoder: any Decoder) throws {
    text = try decoder.container(keyedBy: Key.self).decode(SearchText.self, forKey: .text)
    paging = try Paging(from: decoder)
  }

  package func run(_ call: inout WriteCall) async throws -> PatientPage {
    let hospital = try call.hospital.id
    let words = PatientIndex(hospital: hospital, secrets: call.secrets).search(text.text)
    // The mark of the list is made of fingerprints: a cursor stands in an answer and tells no name.
    let place = try paging.place(in: "patients found \(words.flatMap { $0.first ?? [] })")
    let after = try place.after.map { try PatientList.key($0) }
    guard !words.isEmpty else {
      throw Failure.invalid("text", "must hold a word, a record number or a day of birth", rule: "words")
    }
    let scope = try RecordScope(call)
    guard let after else {
      let rows = try await call.transaction.query(
        PatientQueries.search(words, in: hospital, scope, limit: place.limit, skip: place.skip))
      let total = try rows.first?.decode("total", as: Int.self)
      // A page behind the last one knows no more than that nothing is there.
      return try PatientList.page(rows, place, paging.shape, &call, total: total ?? 0)
    }
    let results = try await call.transaction.queries([
      PatientQueries.search(words, in: hospital, scope, after: after, limit: place.limit),
      PatientQueries.countFound(words, in: hospital),
    ])
    guard results.count == 2, let counted = results[1].first else { throw Failure.internalFault }
    return try PatientList.page(results[0], place, paging.shape, &call, total: try counted.decode("total"))
  }
}
