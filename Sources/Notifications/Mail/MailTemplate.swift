import Core

/// A letter's subject and text, with `{name}` where a value of the mail goes, `{name?}` where it may be missing.
/// `{publicURL}` is always there.
package struct MailTemplate: Sendable {
  package let name: String
  package let subject: String
  package let text: String

  package init(_ name: String, subject: String, text: String) {
    self.name = name
    self.subject = subject
    self.text = text
  }

  /// Subject and text with their values; throws where a value is missing, so that no letter goes out with a gap.
  package func filled(_ values: [String: String]) throws(MissingValue) -> (subject: String, text: String) {
    (try Self.fill(subject, values), try Self.fill(text, values))
  }

  private static func fill(_ text: String, _ values: [String: String]) throws(MissingValue) -> String {
    var result = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      let name = String(rest[rest.index(after: open)..<close])
      let isOptional = name.hasSuffix("?")
      let value = values[isOptional ? String(name.dropLast()) : name]
      guard value != nil || isOptional else { throw MissingValue(name: name) }
      result += rest[..<open] + (value ?? "")
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }
}

package struct MissingValue: Error, Sendable {
  let name: String
}
