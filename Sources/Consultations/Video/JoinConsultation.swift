package import Core
package import Operations
import Scheduling

/// Gives one of the two the address at which a visit by picture or voice takes place: from a quarter of an hour before it
/// until an hour after its end, or as long as it goes on.
package struct JoinConsultation: JoinedOperation {
  package let consultationId: AppointmentID

  package static let contract = Contract(
    name: "consultations.join", route: .post("/consultations/{consultationId}/visit-link"),
    summary: "Get the address of a video visit", message: "The address. It is yours alone.", access: .person,
    limit: RateLimit("consultations.join", max: 60, windowSeconds: 60), mode: .write,
    audit: .row(action: "video_visit_joined", category: .scheduling), cache: .never, answersWithSecret: true)

  private static let earlySeconds: Int64 = 15 * 60
  private static let lateSeconds: Int64 = 3600

  package func run(_ call: inout WriteCall, _ visits: VideoVisits) async throws -> VisitLink {
    let (visit, party) = try await call.consultation(consultationId)
    let provider = try visits.mustHave()
    guard visit.medium == .video || visit.medium == .audio else {
      throw Failure(.conflict, "This is no visit by picture or voice.", details: ["type": visit.medium.json])
    }
    guard [.scheduled, .confirmed, .checkedIn, .inProgress].contains(visit.status) else {
      let message = visit.status == .held ? "This visit is not paid yet." : "This visit is over."
      throw Failure(.conflict, message, details: ["status": .string(visit.status.rawValue)])
    }
    let opens = visit.startsAt.adding(seconds: -Self.earlySeconds)
    guard call.now >= opens else {
      throw Failure(.conflict, "This visit is not open yet.", details: ["opensAt": opens.json])
    }
    var ends = visit.endsAt.adding(seconds: Self.lateSeconds)
    if visit.status == .inProgress { ends = max(ends, call.now.adding(seconds: Self.lateSeconds)) }
    guard call.now < ends else { throw Failure(.conflict, "This visit is over.", details: ["endedAt": ends.json]) }
    let guest = VideoGuest(
      name: party == .doctor ? visit.doctorName ?? "Doctor" : "Patient", isHost: party == .doctor)
    return VisitLink(
      url: VisitAddress(unchecked: try await provider.link(visit.id, guest, opens, ends)), opensAt: opens,
      expiresAt: ends)
  }
}

/// Where somebody meets the other.
package struct VisitLink: Record {
  package let url: VisitAddress
  package let opensAt: Timestamp
  package let expiresAt: Timestamp
}

/// An address with a token for one person.
package struct VisitAddress: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 8...4000 }
  package static var sample: String { "https://meet.example.org/ward-0f3c?jwt=eyJhbGciOiJIUzI1NiJ9.e30.c2ln" }
}
