import Core
import FoundationEssentials
import Identity
import Patients
import Postgres
import Secrets

/// The demo: one organisation, two hospitals, their departments, people, patients and alert types.
///
/// Every id is fixed, so making it twice changes nothing.
struct Demo: Sendable {
  static let password = "ward-demo-2026"
  static let signIns = ["Demo sign-ins, password \(password):"] + DemoPerson.all.map { "  \($0.email)  (\($0.role))" }

  let ownerURL: String
  let hasher: PasswordHasher
  let secrets: KeyRing

  func plant() async throws {
    var configuration = PostgresConfiguration(url: ownerURL)
    configuration.minimum = 0
    configuration.maximum = 1
    let pool = PostgresPool(configuration)
    try await pool.start()
    do {
      let secret = try await hasher.hash(Self.password)
      try await pool.transaction { transaction in
        for statement in DemoQueries.ground { transaction.queue(statement) }
        for hospital in DemoHospital.all {
          for statement in DemoQueries.hospital(hospital) { transaction.queue(statement) }
        }
        for (index, person) in DemoPerson.all.enumerated() {
          for statement in DemoQueries.person(person, number: index + 1, secret: secret) {
            transaction.queue(statement)
          }
        }
        for patient in DemoPatient.all { try await plant(patient, in: transaction) }
      }
    } catch {
      await pool.close()
      throw error
    }
    await pool.close()
  }
}

extension Demo {
  fileprivate func plant(_ patient: DemoPatient, in transaction: Transaction) async throws {
    guard let hospital = HospitalID(patient.hospital.id) else { return }
    let record = PatientRecord([
      .mrn: .string("DEMO-2026-0000\(patient.number)"), .name: .string(patient.name), .dateOfBirth: "1970-01-01",
    ])
    let index = PatientIndex(hospital: hospital, secrets: secrets)
    let sealed = try record.sealed(for: patient.id, in: hospital, with: secrets)
    let fingerprint = index.fingerprints(ofNumber: "DEMO-2026-0000\(patient.number)").first ?? []
    let made = try await transaction.query(
      DemoQueries.patient(patient, sealed: sealed, fingerprint: fingerprint))
    if !made.isEmpty { transaction.queue(DemoQueries.words(index.fingerprints(of: record), of: patient)) }
  }
}

/// Three patients of each hospital; the first of Demo General has an account.
struct DemoPatient: Sendable {
  let number: Int
  let hospital: DemoHospital

  static let all = DemoHospital.all.flatMap { hospital in
    (1...3).map { DemoPatient(number: $0, hospital: hospital) }
  }

  var id: PatientID { PatientID(DemoID.text(kind: 5, hospital.number * 100 + number)) ?? .example }
  var hasAccount: Bool { hospital.number == 1 && number == 1 }
  var name: String { hasAccount ? "Pia Patient" : "Demo Patient \(number)" }
}

struct DemoHospital: Sendable {
  let number: Int
  let name: String
  let subdomain: String

  static let general = DemoHospital(number: 1, name: "Demo General", subdomain: "demo-general")
  static let other = DemoHospital(number: 2, name: "Other General", subdomain: "other-general")
  static let all = [general, other]

  var id: String { DemoID.text(kind: 1, number) }
  func department(_ index: Int) -> String { DemoID.text(kind: 2, number * 100 + index) }
}

struct DemoPerson: Sendable {
  let email: String
  let name: String
  let role: String
  let hospital: DemoHospital
  var department: Int?
  var isOnDuty = false

  static let all = [
    DemoPerson(email: "operator@demo.ward", name: "Olga Operator", role: "operator", hospital: .general),
    DemoPerson(
      email: "nurse@demo.ward", name: "Nia Nurse", role: "nurse", hospital: .general, department: 0, isOnDuty: true),
    DemoPerson(
      email: "doctor@demo.ward", name: "Dario Doctor", role: "doctor", hospital: .general, department: 0, isOnDuty: true
    ),
    DemoPerson(
      email: "head@demo.ward", name: "Hanna Head", role: "head_doctor", hospital: .general, department: 0,
      isOnDuty: true),
    DemoPerson(email: "admin@demo.ward", name: "Ada Admin", role: "hospital_admin", hospital: .general),
    DemoPerson(email: "patient@demo.ward", name: "Pia Patient", role: "patient", hospital: .general),
    DemoPerson(
      email: "nurse@other.ward", name: "Noah Nurse", role: "nurse", hospital: .other, department: 0, isOnDuty: true),
    DemoPerson(email: "admin@other.ward", name: "Aron Admin", role: "hospital_admin", hospital: .other),
  ]
}

/// Ids that are the same on every machine.
enum DemoID {
  static func text(kind: Int, _ number: Int) -> String {
    let digits = String(kind * 1_000_000 + number)
    return "0192f000-0000-7000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
  }
}
