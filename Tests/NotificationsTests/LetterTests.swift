import Core
import FoundationEssentials
import Testing

@testable import Notifications

@Suite struct LetterTests {
  private func letter(subject: String = "Welcome", text: String = "Hello\nthere") throws -> Letter {
    Letter(
      id: JobID.example, to: EmailAddress(unchecked: "nurse@demo.ward"), subject: subject, text: text,
      date: try #require(Timestamp(rfc3339: "2026-11-21T09:05:03Z")))
  }

  private func lines(_ letter: Letter) -> [String] {
    String(decoding: letter.bytes(from: EmailAddress(unchecked: "ward@demo.ward")), as: UTF8.self)
      .split(separator: "\r\n", omittingEmptySubsequences: false).map(String.init)
  }

  @Test("30: a letter has the headers of RFC 5322, and the same job makes the same bytes")
  func headers() throws {
    let found = lines(try letter())
    #expect(found.contains("Date: Sat, 21 Nov 2026 09:05:03 +0000"))
    #expect(found.contains("To: <nurse@demo.ward>"))
    #expect(found.contains("Message-ID: <\(JobID.example.text)@demo.ward>"))
    #expect(try lines(letter()) == found)
  }

  @Test(
    "30: a subject cannot add a header, in whatever way it ends its line", arguments: ["\r\n", "\n", "\r", "\u{85}"])
  func injection(_ end: String) throws {
    let found = lines(try letter(subject: "Hi\(end)Bcc: all@demo.ward"))
    #expect(!found.contains { $0.hasPrefix("Bcc") })
    #expect(found.filter { $0.isEmpty }.count == 2)
  }

  @Test("30: a subject in any script comes back from its encoded words, none longer than 75")
  func subjects() throws {
    for subject in ["Größe 🩺", String(repeating: "日本語 ", count: 40), String(repeating: "x", count: 300)] {
      let words = Letter.encodedWords(subject).split(separator: "\r\n ").map(String.init)
      #expect(words.allSatisfy { $0.utf8.count <= 75 && $0.hasPrefix("=?utf-8?B?") && $0.hasSuffix("?=") })
      let decoded = words.compactMap { Data(base64Encoded: String($0.dropFirst(10).dropLast(2))) }
        .map { String(decoding: $0, as: UTF8.self) }.joined()
      #expect(decoded == subject)
    }
  }

  @Test("30: no line of a letter is longer than 78 characters, however long its text is")
  func lineLengths() throws {
    let text = String(repeating: "a line without an end ", count: 500)
    let found = lines(try letter(text: text))
    #expect(found.allSatisfy { $0.utf8.count <= 78 })
    let body = found.drop { !$0.isEmpty }.joined()
    #expect(Data(base64Encoded: body).map { String(decoding: $0, as: UTF8.self) } == text + "\r\n")
  }

  @Test("30: a letter with a gap is not sent, a value that may be missing is left out")
  func gaps() throws {
    let template = MailTemplate("t", subject: "For {name}", text: "{greeting?}Go to {link}. {")
    #expect(throws: MissingValue.self) { try template.filled(["name": "Nia"]) }
    let filled = try template.filled(["name": "{link}", "link": "https://x"])
    // What a value holds is not filled in again.
    #expect(filled == ("For {link}", "Go to https://x. {"))
  }
}
