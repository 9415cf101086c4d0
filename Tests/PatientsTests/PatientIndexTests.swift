import Core
import Secrets
import Testing

@testable import Patients

struct PatientIndexTests {
  private static let hospital = HospitalID.new(at: Timestamp(microseconds: 0))
  private let index = PatientIndex(hospital: hospital, secrets: KeyRing(newest: "new", earlier: ["old"]))

  private func finds(_ text: String, _ record: PatientRecord) -> Bool {
    let known = Set(index.fingerprints(of: record))
    let words = index.search(text)
    return !words.isEmpty && words.allSatisfy { !known.isDisjoint(with: $0) }
  }

  private let record = PatientRecord([
    .name: "José Müller-Strauß O’Brien", .mrn: "WARD-2026-00042", .dateOfBirth: "1980-03-31",
  ])

  @Test(
    "100: a patient is found by words of the name, with and without accents, by the number and the day of birth",
    arguments: [
      "jose", "JOSÉ", "Jos\u{65}\u{301}", "Müller", "muller", "mueller", "strauss", "obrien", "mul jos",
      "WARD-2026-00042",
      "ward202600042", "1980-03-31 müller",
    ])
  func found(_ text: String) { #expect(finds(text, record)) }

  @Test(
    "100: a patient is not found by what is not in the record",
    arguments: ["jo", "ose", "ullerx", "jose maria", "WARD-2026-0004", "1980-03-30", "-", "jose 00043"])
  func notFound(_ text: String) { #expect(!finds(text, record)) }

  @Test("100: equal names in two hospitals do not look alike")
  func apart() {
    let other = PatientIndex(hospital: .new(at: Timestamp(microseconds: 1)), secrets: KeyRing(newest: "new"))
    #expect(Set(index.fingerprints(of: record)).isDisjoint(with: other.fingerprints(of: record)))
  }

  @Test("100: what an earlier key indexed is found until it is moved")
  func earlierKey() {
    let old = PatientIndex(hospital: Self.hospital, secrets: KeyRing(newest: "old"))
    let known = Set(old.fingerprints(of: record))
    #expect(index.search("muller").allSatisfy { !known.isDisjoint(with: $0) })
  }

  @Test("100: a sealed record opens for its patient alone")
  func sealed() throws {
    let ring = KeyRing(newest: "new")
    let id = PatientID.new(at: Timestamp(microseconds: 0))
    let bytes = try record.sealed(for: id, in: Self.hospital, with: ring)
    #expect(try PatientRecord(opening: bytes, of: id, in: Self.hospital, with: ring) == record)
    #expect(throws: SealError.self) {
      try PatientRecord(opening: bytes, of: .new(at: Timestamp(microseconds: 5)), in: Self.hospital, with: ring)
    }
  }
}
