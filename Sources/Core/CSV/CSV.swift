/// Comma-separated values as RFC 4180 has them: a field in quotes may hold commas, line breaks and doubled quotes.
///
/// Lines end in CRLF, LF or CR. A byte order mark at the beginning and empty lines are passed over. A line that breaks
/// the rules is a flaw and no record; what follows it is read on. Reads at most `maximum` records.
package struct CSV: Sendable {
  package struct Record: Sendable, Equatable {
    /// Where it begins, counted from 1; a field may run over several lines.
    package let line: Int
    package let fields: [String]
  }

  package struct Flaw: Sendable, Equatable {
    package let line: Int
    package let message: String
  }

  package private(set) var records: [Record] = []
  package private(set) var flaws: [Flaw] = []
  /// There was more than `maximum` records.
  package private(set) var isTooLong = false

  package init(_ text: String, maximum: Int) {
    var reader = CSVReader(text)
    while let record = reader.next() {
      if records.count == maximum {
        isTooLong = true
        break
      }
      records.append(record)
    }
    flaws = reader.flaws
  }
}

/// Walks the bytes once; every byte that means something is ASCII, so UTF-8 passes through.
private struct CSVReader {
  private let bytes: [UInt8]
  private var index = 0
  private var line = 1
  private(set) var flaws: [CSV.Flaw] = []

  private static let quote = UInt8(ascii: "\"")
  private static let comma = UInt8(ascii: ",")
  private static let carriageReturn = UInt8(ascii: "\r")
  private static let newline = UInt8(ascii: "\n")

  init(_ text: String) {
    bytes = Array(text.utf8)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
  }

  /// The next record that breaks no rule; nil at the end.
  mutating func next() -> CSV.Record? {
    while index < bytes.count {
      let start = line
      let begin = index
      var fields: [String] = []
      var flaw: CSV.Flaw?
      while true {
        fields.append(field(&flaw))
        guard index < bytes.count, bytes[index] == Self.comma else { break }
        index += 1
      }
      let isEmpty = index == begin
      endLine()
      if let flaw {
        flaws.append(flaw)
      } else if !isEmpty {
        return CSV.Record(line: start, fields: fields)
      }
    }
    return nil
  }

  private mutating func field(_ flaw: inout CSV.Flaw?) -> String {
    var text: [UInt8] = []
    if index < bytes.count, bytes[index] == Self.quote {
      quoted(into: &text, &flaw)
      if !isAtEndOfField, flaw == nil {
        flaw = CSV.Flaw(line: line, message: "has text behind a closing quote")
      }
    }
    while !isAtEndOfField {
      if bytes[index] == Self.quote, flaw == nil {
        flaw = CSV.Flaw(line: line, message: "has a quote within a field that does not begin with one")
      }
      text.append(bytes[index])
      index += 1
    }
    return String(decoding: text, as: UTF8.self)
  }

  private mutating func quoted(into text: inout [UInt8], _ flaw: inout CSV.Flaw?) {
    let start = line
    index += 1
    while index < bytes.count {
      let byte = bytes[index]
      if byte == Self.quote {
        index += 1
        guard index < bytes.count, bytes[index] == Self.quote else { return }
      } else if byte == Self.newline || byte == Self.carriageReturn && !isBeforeNewline {
        line += 1
      }
      text.append(byte)
      index += 1
    }
    flaw = flaw ?? CSV.Flaw(line: start, message: "opens a quote that nothing closes")
  }

  private var isBeforeNewline: Bool { index + 1 < bytes.count && bytes[index + 1] == Self.newline }

  private var isAtEndOfField: Bool {
    index >= bytes.count || bytes[index] == Self.comma || bytes[index] == Self.newline
      || bytes[index] == Self.carriageReturn
  }

  private mutating func endLine() {
    guard index < bytes.count else { return }
    index += bytes[index] == Self.carriageReturn && isBeforeNewline ? 2 : 1
    line += 1
  }
}
