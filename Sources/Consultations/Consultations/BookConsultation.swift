package import Core
package import Operations
import Patients
import Postgres
package import Scheduling

/// Books a consultation for oneself: the doctor's time, the fee as it is now, history and audit row are written together
/// or not at all. The same booked again is the same consultation. Where a payment service is set up, a time with a price is
/// held until it is paid.
package struct BookConsultation: JoinedOperation {
  package let doctorId: UserID
  package let scheduledAt: Timestamp
  package let type: AppointmentMedium
  package let symptoms: Symptoms?
  /// Left out: online, where that can be.
  package let payment: PaymentPlace?

  package static let contract = Contract(
    name: "consultations.book", aliases: ["consultations.create"], route: .post("/consultations", status: 201),
    summary: "Book a consultation for oneself", message: "Your consultation is booked.", access: .person,
    limit: RateLimit("consultations.book", max: 60, windowSeconds: 60), mode: .write,
    audit: .row(action: "consultation_booked", category: .scheduling), cache: .never, namesPatients: true)

  package func run(_ call: inout WriteCall, _ terms: BookingTerms) async throws -> Document<ConsultationKind> {
    var request = BookingRequest(
      patient: try await call.ownPatient(), doctor: doctorId, service: "general-consultation", start: scheduledAt)
    request.medium = type
    request.unpaidSeconds = terms.unpaidSeconds(for: payment)
    if let symptoms { request.details = ServiceDetails([.init("symptoms", symptoms.json)]) }
    let booking: Booking
    do {
      booking = try await BookingDesk.book(request, &call)
    } catch let failure as Failure {
      throw failure.naming("startsAt", as: "scheduledAt")
    }
    call.audit.resource("appointment", booking.appointment.id)
    call.audit.details["isNew"] = .bool(booking.isNew)
    return Document(json: booking.appointment.consultation())
  }
}

/// What a patient tells beforehand: 1 to 2,000 characters.
package struct Symptoms: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 1...2000 }
  package static var sample: String { "Cough for two weeks, worse at night." }
}

extension Failure {
  /// The same with a bad field under the name that this operation gives it.
  fileprivate func naming(_ path: String, as name: String) -> Failure {
    guard let fields = details["fields"]?.items else { return self }
    var failure = self
    failure.details["fields"] = .array(
      fields.map { field in
        guard field["path"]?.text == path, case .object(let members) = field else { return field }
        return .object(members.map { $0.key == "path" ? .init("path", .string(name)) : $0 })
      })
    return failure
  }
}
