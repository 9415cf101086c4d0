import Core
import FoundationEssentials
import Identity
import Patients
import Postgres
import Secrets

/// How much `ward fill` makes.
package struct FillSize: Sendable {
  /// 1 to 1,000.
  package var clinics = 200
  /// Of each clinic, 1 to 50.
  package var locations = 50
  /// Of each clinic, 0 to 100,000; fewer when the time is over.
  package var patients = 25_000
  /// After which no further batch begins.
  package var seconds = 600

  package init(clinics: Int, locations: Int, patients: Int, seconds: Int) {
    self.clinics = clinics
    self.locations = locations
    self.patients = patients
    self.seconds = seconds
  }
}

/// `ward fill`: clinics with locations and sealed patients, so that a system can be looked at in its real size.
///
/// The clinics `fill-001` and on have a nurse each, `nurse@fill-001.ward`, with the demo's password. Patients come evenly
/// to all clinics in batches of 250, each a transaction; run again it goes on where it was.
package struct Fill: Sendable {
  private static let batch = 250
  private static let lanes = 2

  private let command: OwnerCommand

  package init(_ command: OwnerCommand) { self.command = command }

  package func run(_ size: FillSize) async throws {
    guard command.settings.environment == .development else {
      throw SettingsError(problems: ["Invented patients are for development only (WARD_ENVIRONMENT)."])
    }
    try await command.withPool("Filling needs", migrates: true, connections: Self.lanes) { pool in
      let start = ContinuousClock.now
      let clinics = try await makeClinics(size, pool)
      let made = try await makePatients(size, clinics, pool, until: start + .seconds(size.seconds))
      _ = try await pool.run(FillQueries.analyze)
      let seconds = (ContinuousClock.now - start).components.seconds
      command.say(
        "\(clinics.count) clinics with \(size.locations) locations each; \(made) patients more, in \(seconds) s.")
    }
  }

  private func makeClinics(_ size: FillSize, _ pool: PostgresPool) async throws -> [FilledClinic] {
    let hasher = try PasswordHasher(threads: 1)
    let secret = try await hasher.hash(Demo.password)
    try await hasher.close()
    _ = try await pool.run(FillQueries.organization)
    var clinics: [FilledClinic] = []
    for number in 1...size.clinics {
      let name = FilledClinic.name(number)
      clinics.append(
        try await pool.transaction { transaction in
          transaction.queue(FillQueries.clinic(name, number))
          transaction.queue(FillQueries.departments(name))
          transaction.queue(FillQueries.locations(name, size.locations))
          transaction.queue(FillQueries.nurse(name, secret: secret))
          guard let row = try await transaction.query(FillQueries.find(name)).first else { throw Failure.internalFault }
          return FilledClinic(
            number: number, id: try row.decode("id"), departments: try row.decode("departments"),
            patients: try row.decode("patients"))
        })
    }
    return clinics
  }

  /// Takes turns over the clinics, so that all have as many when the time is over; returns how many were made.
  private func makePatients(
    _ size: FillSize, _ clinics: [FilledClinic], _ pool: PostgresPool, until end: ContinuousClock.Instant
  ) async throws -> Int {
    let work = FillWork(clinics, wanted: size.patients, batch: Self.batch)
    let secrets = command.settings.keyRing
    return try await withThrowingTaskGroup(of: Int.self) { lanes in
      for _ in 0..<Self.lanes {
        lanes.addTask {
          var made = 0
          while ContinuousClock.now < end, let portion = await work.next() {
            let patients = try portion.numbers.map { try FilledPatient($0, of: portion.clinic, secrets) }
            try await pool.transaction { transaction in
              transaction.queue(FillQueries.patients(patients, of: portion.clinic))
              transaction.queue(FillQueries.words(of: patients, in: portion.clinic.id))
            }
            made += patients.count
          }
          return made
        }
      }
      return try await lanes.reduce(0, +)
    }
  }
}
