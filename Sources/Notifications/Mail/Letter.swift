package import Core
import FoundationEssentials

/// A letter as it travels (RFC 5322): plain text in UTF-8, base64 in lines of 76, and HTML beside it where there is one
/// (RFC 2046). The same job always makes the same bytes, so a second copy is known by its Message-ID.
package struct Letter: Sendable, Equatable {
  package let id: JobID
  package let to: EmailAddress
  package let subject: String
  package let text: String
  package let html: String?
  package let date: Timestamp

  package init(
    id: JobID, to: EmailAddress, subject: String, text: String, html: String? = nil, date: Timestamp
  ) {
    self.id = id
    self.to = to
    self.subject = subject
    self.text = text
    self.html = html
    self.date = date
  }

  /// `from` as the envelope has it.
  package func bytes(from: EmailAddress) -> [UInt8] {
    let domain = from.text.split(separator: "@").last.map(String.init) ?? "localhost"
    let lines =
      [
        "From: Ward <\(from.text)>", "To: <\(to.text)>", "Subject: \(Self.encodedWords(subject))",
        "Date: \(Self.httpDate(date))", "Message-ID: <\(id.text)@\(domain)>", "MIME-Version: 1.0",
        "Auto-Submitted: auto-generated",
      ] + body
    return Array((lines.joined(separator: "\r\n") + "\r\n").utf8)
  }

  private var body: [String] {
    guard let html else { return Self.part("text/plain", text) }
    // The id cannot stand in base64 lines: they have no hyphen.
    let boundary = "ward-\(id.text)"
    return ["Content-Type: multipart/alternative; boundary=\"\(boundary)\"", "", "--\(boundary)"]
      + Self.part("text/plain", text) + ["--\(boundary)"] + Self.part("text/html", html) + ["--\(boundary)--"]
  }

  private static func part(_ type: String, _ text: String) -> [String] {
    ["Content-Type: \(type); charset=utf-8", "Content-Transfer-Encoding: base64", ""] + base64Lines(text)
  }

  /// RFC 2047: words of at most 45 bytes each, cut between characters. ASCII without line ends stays as it is.
  static func encodedWords(_ text: String) -> String {
    let clean = String(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : Character($0) })
    guard !clean.utf8.allSatisfy({ $0 < 0x80 }) || clean.utf8.count > 70 else { return clean }
    var words: [String] = []
    var word = ""
    for character in clean.unicodeScalars {
      if word.utf8.count + 4 > 45 {
        words.append(word)
        word = ""
      }
      word.unicodeScalars.append(character)
    }
    return (words + [word]).map { "=?utf-8?B?\(Data($0.utf8).base64EncodedString())?=" }.joined(separator: "\r\n ")
  }

  private static func base64Lines(_ text: String) -> [String] {
    let body = text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n") + "\r\n"
    let encoded = Array(Data(body.utf8).base64EncodedString().utf8)
    return stride(from: 0, to: encoded.count, by: 76).map {
      String(decoding: encoded[$0..<min($0 + 76, encoded.count)], as: UTF8.self)
    }
  }

  private static func httpDate(_ time: Timestamp) -> String {
    let seconds = time.microseconds / 1_000_000
    let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    // 1970-01-01 was a Thursday.
    let text = Timestamp(microseconds: seconds * 1_000_000).rfc3339
    let parts = text.split(whereSeparator: { "-T:Z".contains($0) }).map(String.init)
    guard seconds >= 0, parts.count == 6, let month = Int(parts[1]) else { return text }
    let day = days[Int(seconds / 86_400 % 7)]
    return "\(day), \(parts[2]) \(months[month - 1]) \(parts[0]) \(parts[3]):\(parts[4]):\(parts[5]) +0000"
  }
}
