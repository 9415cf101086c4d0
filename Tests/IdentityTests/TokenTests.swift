import Core
import Testing

@testable import Identity

@Suite struct TokenTests {
  static func token(_ header: String, _ claims: String) -> String {
    [header, claims, "signature"].map { Base64URL.encode(Array($0.utf8)) }.joined(separator: ".")
  }

  @Test("41: what is no compact token is none, whatever bytes it is made of")
  func nonsense() {
    let good = Self.token(#"{"alg":"EdDSA"}"#, #"{"sub":"x"}"#)
    #expect(CompactToken(good) != nil)
    for wrong in [
      "", ".", "..", "...", "a.b.c", good + ".", good + "=", "." + good, good + ".x", good.replacing(".", with: ""),
      Self.token("[]", "{}"), Self.token("{}", "7"), Self.token(#"{"alg":1,"alg":2}"#, "{}"), Self.token("{} ", "{} x"),
      Self.token("{}", #"{"a":""# + String(repeating: "x", count: CompactToken.maximumBytes) + #""}"#),
    ] {
      #expect(CompactToken(wrong) == nil, "\(wrong.prefix(80))")
    }
    // Every token that is cut somewhere, or has one byte changed to what base64url does not have.
    for length in 0..<good.utf8.count - 12 { #expect(CompactToken(String(good.prefix(length))) == nil) }
  }

  @Test("41: base64url comes back as it was, and only in the one spelling that RFC 4648 gives it")
  func base64() {
    for length in 0..<70 {
      let bytes = (0..<length).map { _ in UInt8.random(in: 0...255) }
      let text = Base64URL.encode(bytes)
      #expect(Base64URL.decode(text) == bytes)
      #expect(!text.contains { "+/=".contains($0) })
    }
    // "QQ" and "QR" would both be an A: only the first is one.
    #expect(Base64URL.decode("QQ") == [0x41])
    for wrong in ["QR", "Q", "QQ==", "Q Q", "Q+", "Q/", "QQ\n"] { #expect(Base64URL.decode(wrong) == nil, "\(wrong)") }
  }

  @Test(
    "41: a token counts from its beginning, half a minute early at most, until its end and not a moment longer",
    arguments: [
      (#"{"exp":100}"#, 99, true), (#"{"exp":100}"#, 100, false), ("{}", 0, false), (#"{"exp":"100"}"#, 1, false),
      (#"{"exp":1000,"nbf":130}"#, 100, true), (#"{"exp":1000,"nbf":131}"#, 100, false),
      (#"{"exp":1000,"iat":131}"#, 100, false), (#"{"exp":1e300}"#, 1, false), (#"{"exp":100.5}"#, 100, true),
      (#"{"exp":9223372036854775807}"#, 100, true), (#"{"exp":-9223372036854775808}"#, 100, false),
    ] as [(String, Int64, Bool)])
  func times(claims: String, seconds: Int64, isCurrent: Bool) throws {
    let token = try #require(CompactToken(Self.token("{}", claims)))
    #expect(token.isCurrent(at: Timestamp(microseconds: seconds * 1_000_000)) == isCurrent)
  }

  @Test("41: a token is for its audience alone, be it a text or one of a list")
  func audiences() throws {
    for (claims, isOurs) in [
      (#"{"aud":"ward"}"#, true), (#"{"aud":["other","ward"]}"#, true), (#"{"aud":"wards"}"#, false),
      (#"{"aud":[["ward"]]}"#, false), (#"{"aud":null}"#, false), ("{}", false), (#"{"aud":[]}"#, false),
    ] {
      #expect(try #require(CompactToken(Self.token("{}", claims))).isFor("ward") == isOurs, "\(claims)")
    }
  }
}
