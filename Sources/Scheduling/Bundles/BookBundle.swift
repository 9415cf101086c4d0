package import Core
package import Operations
import Postgres

/// Asks for several appointments of one patient that are booked together, by a job, or not at all.
package struct BookBundle: WriteOperation {
  package struct Step: Decodable, Sendable {
    package let doctorId: UserID
    package let service: ServiceName
    package let startsAt: Timestamp
    package let minutes: AppointmentMinutes?
  }

  package let patientId: PatientID
  /// 1 to 10, in the order in which they are booked.
  package let steps: [Step]

  package static let contract = Contract(
    name: "appointments.createEnhanced", route: .post("/appointment-bundles", status: 201),
    summary: "Book several appointments together or not at all", message: "The appointments are being booked.",
    access: .permission(.manageAppointments), limit: .standard, mode: .write,
    audit: .row(action: "bundle_asked", category: .scheduling), cache: .never, namesPatients: true)

  package func run(_ call: inout WriteCall) async throws -> Document<BundleKind> {
    let hospital = try call.hospital.id
    try await check(call)
    try await call.mustKnow(patientId)
    let id = BundleID.new(at: call.now)
    call.transaction.queue(BundleQueries.insert(id, of: patientId, in: hospital, by: try call.person))
    call.transaction.queue(BundleQueries.insertSteps(id, steps, in: hospital))
    try call.enqueue(Bundles.job(id))
    call.audit.resource("bundle", id)
    call.audit.details["steps"] = .integer(Int64(steps.count))
    return try await call.bundle(id)
  }

  private func check(_ call: WriteCall) async throws {
    guard (1...10).contains(steps.count) else {
      throw Failure.invalid("steps", "must have 1 to 10 items", rule: steps.isEmpty ? "minItems" : "maxItems")
    }
    let rows = try await call.transaction.query(
      BundleQueries.doctors(steps.map(\.doctorId), in: try call.hospital.id))
    var known: Set<UserID> = []
    for row in rows { known.insert(try row.decode("user_id")) }
    var problems: [FieldProblem] = []
    for (index, step) in steps.enumerated() {
      if Services.shipped.named(step.service.text) == nil {
        problems.append(
          FieldProblem(
            path: "steps[\(index)].service", message: Services.shipped.unknown(step.service.text).message,
            rule: "exists"))
      }
      if !known.contains(step.doctorId) {
        problems.append(
          FieldProblem(
            path: "steps[\(index)].doctorId", message: "refers to nobody in this hospital", rule: "exists"))
      }
      if step.startsAt <= call.now {
        problems.append(
          FieldProblem(path: "steps[\(index)].startsAt", message: "must lie in the future", rule: "future"))
      }
    }
    guard problems.isEmpty else { throw Failure.invalid(problems) }
  }
}

/// Shows how a booking of several steps stands.
package struct GetBundle: ReadOperation {
  package let bundleId: BundleID

  package static let contract = Contract(
    name: "appointments.getEnhanced", route: .get("/appointment-bundles/{bundleId}"),
    summary: "Show how a booking of several steps stands", message: "The booking.",
    access: .permission(.viewAppointments), limit: .standard, mode: .read, audit: .refusalsOnly(category: .scheduling),
    cache: .never)

  package func run(_ call: ReadCall) async throws -> Document<BundleKind> {
    try Document(try await call.row(BundleQueries.find(bundleId, in: try call.hospital.id), else: "booking"))
  }
}

extension WriteCall {
  fileprivate func bundle(_ id: BundleID) async throws -> Document<BundleKind> {
    guard let row = try await transaction.query(BundleQueries.find(id, in: try hospital.id)).first else {
      throw Failure.internalFault
    }
    return try Document(row)
  }
}
