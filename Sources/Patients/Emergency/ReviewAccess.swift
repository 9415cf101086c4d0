package import Core
package import Operations
import Postgres
import Secrets

/// Lists the records that were opened in an emergency, those that wait for review unless told otherwise.
package struct ListAccessReviews: WriteOperation {
  package let status: ReviewStatus?
  package let paging: Paging<AccessReviewKind>

  package static let contract = Contract(
    name: "accessReviews.list", route: .get("/access-reviews"), summary: "List records opened in an emergency",
    message: "The accesses.", access: .permission(.reviewAccess), limit: .standard, mode: .read,
    audit: .reads(action: "access_reviews_listed"), cache: .never)

  private enum Key: String, CodingKey { case status }

  package init(from decoder: any Decoder) throws {
    status = try decoder.container(keyedBy: Key.self).decodeIfPresent(ReviewStatus.self, forKey: .status)
    paging = try Paging(from: decoder)
  }

  package func run(_ call: inout WriteCall) async throws -> OpenedPage<AccessReviewKind> {
    let hospital = try call.hospital.id
    let status = self.status ?? .pending
    let place = try paging.place(in: "access reviews \(status.rawValue)")
    var after: Identifier<AnyEntity>?
    if let key = place.after {
      guard key.count == 1, let id = Identifier<AnyEntity>(key[0]) else { throw PageCursor.foreign }
      after = id
    }
    let results = try await call.transaction.queries([
      EmergencyQueries.list(status, in: hospital, after: after, limit: place.limit, skip: place.skip),
      EmergencyQueries.count(status, in: hospital),
    ])
    guard results.count == 2 else { throw Failure.internalFault }
    let reviews = try results[0].prefix(place.limit).map { try AccessReview($0, call) }
    call.saw(Set(reviews.map(\.patient)).sorted { $0.text < $1.text })
    let total = try results[1].first?.decode("total", as: Int.self)
    let page = place.page(rows: results[0].count, total: total) { [reviews[place.limit - 1].id.text] }
    return OpenedPage(reviews.map { $0.json(paging.shape) }, page: page)
  }
}

/// Says whether an emergency access was justified; nobody reviews his own.
package struct ReviewAccess: WriteOperation {
  package let accessId: Identifier<AnyEntity>
  package let verdict: ReviewVerdict
  package let note: ShortText?

  package static let contract = Contract(
    name: "accessReviews.review", route: .post("/access-reviews/{accessId}/review"),
    summary: "Review an emergency access", message: "The access is reviewed.", access: .permission(.reviewAccess),
    limit: .standard, mode: .write, audit: .row(action: "emergency_access_reviewed", category: .patient),
    cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<AccessReviewKind> {
    let hospital = try call.hospital.id
    let person = try call.person
    guard let row = try await call.transaction.query(EmergencyQueries.find(accessId, in: hospital)).first else {
      throw Failure.notFound("emergency access")
    }
    let before = try AccessReview(row, call)
    guard before.user != person else { throw Failure(.forbidden, "Somebody else has to review your own access.") }
    guard !before.isReviewed else { throw Failure(.conflict, "This access is reviewed already.") }
    let sealed = try note.map {
      try call.secrets.seal(
        $0.text, for: .patientRecord, place: AccessReview.place("review_note", of: accessId, in: hospital))
    }
    call.transaction.queue(
      EmergencyQueries.review(accessId, in: hospital, by: person, verdict: verdict, note: sealed))
    call.audit.resource("emergency_access", accessId)
    call.saw(before.patient)
    call.audit.details = ["verdict": .string(verdict.rawValue)]
    call.emit(
      Event(
        "notification:new", to: [.user(before.user)],
        payload: [
          "kind": "emergency_access_reviewed", "accessId": .string(accessId.text),
          "verdict": .string(verdict.rawValue),
        ]))
    guard let after = try await call.transaction.query(EmergencyQueries.find(accessId, in: hospital)).first else {
      throw Failure.internalFault
    }
    return Document(json: try AccessReview(after, call).json())
  }
}
