import Testing

@testable import Notifications

@Suite("What a hospital's own words may say")
struct TemplateCheckTests {
  private static let good = [
    "{{room}}", "{{ tier }}", "{{#room}}", "{{/room}}", "{{^tier}}", "{{/tier}}", "{{! a word }}", "Room", "\n", "<b>",
    "}",
  ]
  private static let bad = [
    "{{> other}}", "{{< other}}", "{{$block}}", "{{{room}}}", "{{&room}}", "{{=<% %>=}}", "{{% CONTENT_TYPE:TEXT}}",
    "{{patient}}", "{{#patient}}", "{{}}", "{{", "{{room",
  ]
  private let check = TemplateCheck(names: ["room", "tier"])

  /// SplitMix64 (Steele, Lea and Flood 2014), so that every run tries the same.
  private struct Numbers: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
  }

  @Test("161: words of good parts that are let through render, with every value escaped in HTML and none lost in text")
  func renders() throws {
    var numbers = Numbers(state: 5)
    var accepted = 0
    for _ in 0..<4_000 {
      let parts = (0..<Int.random(in: 0...7, using: &numbers)).compactMap { _ in
        Self.good.randomElement(using: &numbers)
      }
      let text = parts.joined()
      guard check.problem(in: text) == nil else { continue }
      accepted += 1
      let filled = try TemplateText(subject: "s", body: text, html: text).filled(["room": "<4B&>", "tier": "2"])
      #expect(filled.html?.contains("<4B&>") == false, "\(text)")
      #expect(!filled.text.contains("&lt;4B"), "\(text)")
      if parts == ["{{room}}"] { #expect(filled.text == "<4B&>" && filled.html == "&lt;4B&amp;&gt;") }
    }
    #expect(accepted > 500)
  }

  @Test("161: one bad part anywhere among good ones is refused with a reason")
  func refuses() {
    var numbers = Numbers(state: 7)
    // A brace of its own may close what another part opens.
    let whole = Self.good.filter { $0 != "}" }
    for _ in 0..<4_000 {
      var parts = (0..<Int.random(in: 0...5, using: &numbers)).compactMap { _ in
        whole.randomElement(using: &numbers)
      }
      guard let part = Self.bad.randomElement(using: &numbers) else { continue }
      parts.insert(part, at: Int.random(in: 0...parts.count, using: &numbers))
      let problem = check.problem(in: parts.joined())
      #expect(problem?.isEmpty == false, "\(parts)")
    }
  }

  @Test("161: whatever bytes somebody types, the check answers and a template that it lets through does not fail")
  func anything() throws {
    var numbers = Numbers(state: 11)
    let letters = Array("{}#/^!>&=% \n.roomtier\u{0}é<")
    for _ in 0..<8_000 {
      let text = String(
        (0..<Int.random(in: 0...24, using: &numbers)).compactMap { _ in letters.randomElement(using: &numbers) })
      guard check.problem(in: text) == nil else { continue }
      _ = try TemplateText(subject: "", body: text, html: text).filled(["room": "1"])
    }
  }
}
