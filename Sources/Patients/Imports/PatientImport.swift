package import Core
package import Operations
import Postgres
package import Tenancy

/// Patients of the hospital, sealed and indexed as one by one; without a record number each gets the next one.
package struct PatientImport: Importer {
  package struct Item: Decodable, Sendable {
    let name: PatientName
    let admittedAt: Timestamp?
    let input: PatientInput

    private enum Key: String, CodingKey { case name, admittedAt }

    package init(from decoder: any Decoder) throws {
      let fields = try decoder.container(keyedBy: Key.self)
      name = try fields.decode(PatientName.self, forKey: .name)
      admittedAt = try fields.decodeIfPresent(Timestamp.self, forKey: .admittedAt)
      input = try PatientInput(from: decoder)
    }
  }

  package let kind = ImportKind.patients
  package let columns = [
    ImportColumn("mrn"), ImportColumn("name", required: true), ImportColumn("dateOfBirth"), ImportColumn("gender"),
    ImportColumn("bloodType"), ImportColumn("nationalId"), ImportColumn("phone"), ImportColumn("email"),
    ImportColumn("address"), ImportColumn("department", .department, at: "departmentId"), ImportColumn("roomNumber"),
    ImportColumn("bedNumber"), ImportColumn("primaryDiagnosis"), ImportColumn("secondaryDiagnoses", .list),
    ImportColumn("allergies", .list), ImportColumn("emergencyContact.name"),
    ImportColumn("emergencyContact.relationship"), ImportColumn("emergencyContact.phone"),
    ImportColumn("dnr", .flag, at: "flags.dnr"), ImportColumn("fallRisk", .flag, at: "flags.fallRisk"),
    ImportColumn("allergyAlert", .flag, at: "flags.allergyAlert"), ImportColumn("notes"), ImportColumn("admittedAt"),
  ]

  /// So many are written by one statement.
  private static let batch = 500

  package init() {}

  package func check(
    _ lines: [ImportedLine<Item>], _ notes: inout ImportNotes, _ call: inout WriteCall
  ) async throws {
    notes.noteRepeated(lines, column: "mrn") { $0.input.mrn?.text }
    let taken = try await call.taken(lines.compactMap { $0.item.input.mrn?.text })
    for each in lines {
      if let mrn = each.item.input.mrn, taken.contains(mrn.text) {
        notes.add(line: each.line, column: "mrn", "is another patient's", rule: "unique")
      }
      if let birth = each.item.input.dateOfBirth, !birth.isBirthday(at: call.now) {
        notes.add(line: each.line, column: "dateOfBirth", "must be within the last 150 years", rule: "range")
      }
      if let admitted = each.item.admittedAt, admitted > call.now.adding(seconds: 86_400) {
        notes.add(line: each.line, column: "admittedAt", "must not lie in the future", rule: "past")
      }
    }
  }

  package func insert(_ items: [Item], _ call: inout WriteCall) async throws {
    let hospital = try call.hospital.id
    let now = call.now
    var patients = items.map { item in
      item.input.patient(PatientID.new(at: now), named: item.name, in: hospital, admittedAt: item.admittedAt)
    }
    try await call.number(&patients)
    for start in stride(from: 0, to: patients.count, by: Self.batch) {
      try await call.store(patients[start..<min(start + Self.batch, patients.count)])
    }
    call.saw(patients.map(\.id))
  }
}

extension WriteCall {
  /// The hospital's patients who have one of these record numbers.
  package func patients(numbered numbers: [String]) async throws -> [String: PatientID] {
    let hospital = try hospital.id
    let index = PatientIndex(hospital: hospital, secrets: secrets)
    var known: [[UInt8]: String] = [:]
    for number in Set(numbers) {
      for fingerprint in index.fingerprints(ofNumber: number) { known[fingerprint] = number }
    }
    var found: [String: PatientID] = [:]
    for row in try await transaction.query(PatientQueries.taken(Array(known.keys), in: hospital)) {
      guard let number = known[try row.decode("mrn_fingerprint", as: [UInt8].self)] else { continue }
      found[number] = try row.decode("id", as: PatientID.self)
    }
    return found
  }

  /// Of these record numbers the ones that a patient of the hospital has.
  fileprivate func taken(_ numbers: [String]) async throws -> Set<String> {
    Set(try await patients(numbered: numbers).keys)
  }

  /// Gives those without a record number the hospital's next ones, which nobody has, also none of the others.
  fileprivate func number(_ patients: inout [NewPatient]) async throws {
    var waiting = patients.indices.filter { patients[$0].record.mrn.isEmpty }
    let given = Set(patients.map(\.record.mrn))
    for _ in 0..<50 where !waiting.isEmpty {
      let numbers = try await nextRecordNumbers(waiting.count)
      let taken = try await taken(numbers).union(given)
      for number in numbers where !taken.contains(number) {
        guard let next = waiting.popLast() else { break }
        patients[next].record[.mrn] = .string(number)
      }
    }
    guard waiting.isEmpty else {
      throw Failure(.conflict, "No free record numbers were found. Give them.", details: ["field": "csv"])
    }
  }

  /// Stores many patients with the words under which they are found.
  fileprivate func store(_ patients: ArraySlice<NewPatient>) async throws {
    let hospital = try hospital.id
    let index = PatientIndex(hospital: hospital, secrets: secrets)
    let secrets = secrets
    let sealed = try patients.map { try $0.record.sealed(for: $0.id, in: hospital, with: secrets) }
    let numbers = patients.compactMap { index.fingerprints(ofNumber: $0.record.mrn).first }
    let made = try await transaction.query(
      PatientQueries.insert(Array(patients), sealed: sealed, fingerprints: numbers, in: hospital))
    guard made.count == patients.count else { throw Failure.overtaken }
    let words = patients.flatMap { patient in index.fingerprints(of: patient.record).map { ($0, patient.id) } }
    transaction.queue(PatientQueries.insertWords(words.map(\.0), of: words.map(\.1), in: hospital))
  }
}
