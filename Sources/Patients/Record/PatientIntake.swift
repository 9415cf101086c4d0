package import Core
package import Operations
package import Tenancy

/// Takes in somebody who is not known yet, in the transaction's hospital and without a caller who may see records:
/// people who book for themselves.
package enum PatientIntake {
  package static func take(
    name: PatientName, phone: PhoneNumber, email: EmailAddress?, _ call: inout WriteCall
  ) async throws -> PatientID {
    guard let hospital = call.tenant else { throw Failure.internalFault }
    for _ in 0..<50 {
      var record = PatientRecord([.name: .string(name.text), .phone: .string(phone.text)])
      record.set(.email, email.map { .string($0.text) })
      record[.mrn] = .string(try await call.nextRecordNumber())
      let patient = NewPatient(id: .new(at: call.now), hospital: hospital, record: record)
      guard let stored = try await call.store(patient, scope: .own) else { continue }
      call.saw(stored.id)
      return stored.id
    }
    throw Failure(.conflict, "No free record number was found.")
  }
}
