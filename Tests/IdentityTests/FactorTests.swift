import Core
import Testing

@testable import Identity

@Suite struct FactorTests {
  let codes = TimedCode(secret: Array("12345678901234567890".utf8))

  @Test(
    "54: codes are those of RFC 6238, appendix B",
    arguments: [
      (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"),
      (2_000_000_000, "279037"), (20_000_000_000, "353130"),
    ] as [(Int64, String)])
  func rfcCodes(seconds: Int64, code: String) {
    #expect(codes.text(at: TimedCode.step(at: Timestamp(microseconds: seconds * 1_000_000))) == code)
  }

  @Test("54: a code counts in its step and in the two next to it, and never again after its step was used")
  func steps() {
    let now = Timestamp(microseconds: 1_234_567_890_000_000)
    let step = TimedCode.step(at: now)
    for distance in -3...3 as ClosedRange<Int64> {
      let code = OneTimeCode(unchecked: codes.text(at: step + distance))
      #expect(codes.step(of: code, at: now, after: 0) == (abs(distance) <= 1 ? step + distance : nil))
      #expect(codes.step(of: code, at: now, after: step + distance) == nil)
    }
  }

  @Test(
    "54: secrets are written in the base 32 of RFC 4648, section 10, without padding",
    arguments: [
      ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"),
      ("foobar", "MZXW6YTBOI"),
    ])
  func base32(plain: String, text: String) { #expect(Base32.encode(Array(plain.utf8)) == text) }

  @Test("55: a backup code is read in small letters and without its hyphen, and nothing else is one")
  func backupCodes() throws {
    for _ in 0..<200 {
      let code = BackupCode.random().text
      #expect(try BackupCode.normalise(code.lowercased()) == code)
      #expect(try BackupCode.normalise(code.filter { $0 != "-" }) == code)
    }
    for wrong in ["", "K7QZM4XA2", "K7QZM-4XA2P1", "K7QZ-M4XA2P", "K7QZM--4XA2", "K7QZM-4XA21", "K7QZM-4XA2É"] {
      #expect(throws: InvalidValue.self) { try BackupCode.normalise(wrong) }
    }
  }
}
