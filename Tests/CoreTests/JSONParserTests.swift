import Core
import Testing

@Suite struct JSONParserTests {
  @Test(
    "a JSON text survives being read and written",
    arguments: [
      "null", "true", "[1,2,3]", #"{"a":{"b":[null,-7,1.5]}}"#, #""\u0001\n\"\\""#, "9223372036854775807", "[]", "{}",
    ])
  func roundTrip(_ text: String) throws {
    #expect(try JSONParser.parse(text.utf8).encoded == text)
  }

  @Test(
    "12: a text that is not strict JSON is refused",
    arguments: [
      "", "{", "[1,]", "{\"a\":1,}", "{\"a\":1,\"a\":2}", "01", "1.", ".5", "+1", "1e", "1e400", "nul", "'a'",
      "\"\u{1}\"",
      "\"a", #""\u00""#, #""\ud800""#, #""\ud800\u0041""#, #""\udc00""#, #""\u0000""#, "1 2", "\u{FEFF}1", "NaN",
      "[1 2]",
    ])
  func refused(_ text: String) {
    #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(text.utf8) }
  }

  @Test(
    "bytes that are no UTF-8 are refused",
    arguments: [[0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22]] as [[UInt8]])
  func badUTF8(_ bytes: [UInt8]) {
    #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(bytes) }
  }

  @Test("nesting of 64 is read and of 65 refused")
  func depth() throws {
    func nested(_ count: Int) -> String {
      String(repeating: "[", count: count) + "1" + String(repeating: "]", count: count)
    }
    _ = try JSONParser.parse(nested(64).utf8)
    #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(nested(65).utf8) }
    #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(String(repeating: "[", count: 1_000_000).utf8) }
  }

  @Test("integers stay exact and larger ones become numbers")
  func numbers() throws {
    #expect(try JSONParser.parse("9007199254740993".utf8) == .integer(9_007_199_254_740_993))
    #expect(try JSONParser.parse("9223372036854775808".utf8) == .number(9_223_372_036_854_775_808))
    #expect(try JSONParser.parse("-0".utf8) == .integer(0))
    #expect(try JSONParser.parse("5.0".utf8) == .number(5))
  }

  @Test("a surrogate pair is one character")
  func surrogates() throws {
    #expect(try JSONParser.parse(#""\ud83d\ude00""#.utf8) == .string("😀"))
  }

  @Test("random bytes give a value or an error and never end the process")
  func fuzz() {
    var random = SeededGenerator(seed: 7)
    let alphabet = Array("{}[]\",:\\u0123456789.eE+-tfn \u{7F}é".utf8) + [0xFF, 0x00, 0xD8]
    for _ in 0..<20_000 {
      let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? 0 }
      if let value = try? JSONParser.parse(bytes) { #expect((try? JSONParser.parse(value.encoded.utf8)) != nil) }
    }
  }
}

/// A generator whose numbers can be repeated (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
