import Secrets
import Testing

@Suite struct KeyRingTests {
  let ring = KeyRing(newest: "one", earlier: ["zero"])

  @Test("100: what is sealed opens as it was, by its purpose and at its place alone")
  func opensWhereItBelongs() throws {
    for text in ["", "a", "Größe 🩺", String(repeating: "x", count: 100_000)] {
      let sealed = try ring.seal(text, for: .patientRecord, place: "patients.notes 1")
      #expect(try ring.openText(sealed, for: .patientRecord, place: "patients.notes 1") == text)
      #expect(throws: SealError.unreadable(.patientRecord)) {
        try ring.open(sealed, for: .patientRecord, place: "patients.notes 2")
      }
      #expect(throws: SealError.unreadable(.secondFactor)) {
        try ring.open(sealed, for: .secondFactor, place: "patients.notes 1")
      }
    }
  }

  @Test("100: the same text is sealed differently each time, and no altered byte opens")
  func noByteMayChange() throws {
    let sealed = try ring.seal("insulin", for: .patientRecord, place: "p")
    #expect(try ring.seal("insulin", for: .patientRecord, place: "p") != sealed)
    for index in sealed.indices {
      var altered = sealed
      altered[index] ^= 1
      #expect(throws: SealError.self) { try ring.open(altered, for: .patientRecord, place: "p") }
    }
    for length in 0..<sealed.count {
      #expect(throws: SealError.self) { try ring.open(Array(sealed.prefix(length)), for: .patientRecord, place: "p") }
    }
  }

  @Test("100: a new key seals, an earlier one opens still, and a foreign one is named as unknown")
  func rotates() throws {
    let old = try KeyRing(newest: "zero").seal("x", for: .signingKey, place: "p")
    #expect(try ring.openText(old, for: .signingKey, place: "p") == "x")
    #expect(!ring.isCurrent(old))
    #expect(ring.isCurrent(try ring.seal("x", for: .signingKey, place: "p")))
    let foreign = try KeyRing(newest: "other").seal("x", for: .signingKey, place: "p")
    #expect(throws: SealError.unknownKey(.signingKey)) { try ring.open(foreign, for: .signingKey, place: "p") }
  }

  @Test("100: words are found under each key of the ring, and by no other purpose or key")
  func fingerprints() {
    let now = ring.fingerprints(of: "miller", for: .patientIndex)
    #expect(now.count == 2)
    #expect(now == ring.fingerprints(of: "miller", for: .patientIndex))
    #expect(now[1] == KeyRing(newest: "zero").fingerprints(of: "miller", for: .patientIndex)[0])
    #expect(
      Set(
        now + ring.fingerprints(of: "miller", for: .patientRecord)
          + ring.fingerprints(of: "muller", for: .patientIndex)
      ).count == 6)
  }
}
