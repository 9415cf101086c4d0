import Core
package import Jobs
import Operations
import Postgres

/// Books what belongs together: every step, or none and a word about the one that could not be.
package enum Bundles {
  private static let queue = "enhanced-appointment"
  private static let jobKind = "bundle.book"

  static func job(_ id: BundleID) -> Job {
    Job(queue: queue, kind: jobKind, payload: ["bundle": .string(id.text)])
  }

  package static let handler = JobHandler(
    queue: queue, kind: jobKind,
    inTransaction: { job, call in
      guard let id = job.payload["bundle"]?.text.flatMap({ BundleID($0) }), let hospital = job.hospital else {
        throw JobTrouble("unknown booking", isFinal: true)
      }
      guard let row = try await call.transaction.query(BundleQueries.lock(id, in: hospital)).first else { return }
      let steps = try await call.transaction.query(BundleQueries.steps(id, in: hospital))
      call.transaction.queue(BundleQueries.mark)
      try BookingDesk.begin(
        patients: [try row.decode("patient_id")], doctors: try steps.map { try $0.decode("doctor_id") }, call)
      // What the steps leave behind counts only if all of them are booked.
      var whole = call
      for step in steps {
        let number: Int = try step.decode("number")
        var request = BookingRequest(
          patient: try row.decode("patient_id"), doctor: try step.decode("doctor_id"),
          service: try step.decode("service"), start: try step.decode("starts_at"))
        request.minutes = try step.decode("minutes")
        do {
          let booking = try await BookingDesk.book(request, &whole)
          whole.transaction.queue(BundleQueries.booked(number, of: id, as: booking.appointment.id, in: hospital))
        } catch let failure as Failure where failure.code == .conflict || failure.code == .badRequest {
          call.transaction.queue(BundleQueries.back)
          call.transaction.queue(BundleQueries.fail(id, at: number, problem(failure), in: hospital))
          return
        }
      }
      whole.transaction.queue(BundleQueries.succeed(id, in: hospital))
      call = whole
    })

  /// Kinds and times of what stood in the way; nothing about people.
  private static func problem(_ failure: Failure) -> JSONValue {
    [
      "code": .string(failure.code.rawValue), "message": .string(failure.message),
      "conflicts": failure.details["conflicts"] ?? failure.details["fields"] ?? .array([]),
    ]
  }
}
