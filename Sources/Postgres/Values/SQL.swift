/// A statement or a part of one: text with `$1`, `$2`… and the values bound to them.
///
/// `"… WHERE id = \(id)"` binds `id`; `\(sql: part)` splices another `SQL` and renumbers its binds; `\(raw:)` takes
/// text of the program only; `\(identifier:)` quotes a name. A value never becomes part of the text, and the
/// description shows the text alone.
package struct SQL: ExpressibleByStringInterpolation, Sendable {
  package private(set) var text: String
  private(set) var binds: Binds
  /// Where in `text` each placeholder stands, so that a splice can renumber it.
  private var places: [Place] = []

  private struct Place: Sendable {
    var start: Int
    var length: Int
  }

  package init(stringLiteral value: String) {
    text = value
    binds = Binds()
  }

  package init(stringInterpolation: StringInterpolation) { self = stringInterpolation.sql }

  private init(reserving capacity: Int) {
    text = ""
    text.reserveCapacity(capacity)
    binds = Binds()
  }

  /// A statement whose text was put together by the program, never from input.
  init(programText text: String) {
    self.text = text
    binds = Binds()
  }

  /// The parts one after another with `separator` between them; nothing for no parts.
  package static func joined(_ parts: [SQL], by separator: StaticString) -> SQL {
    var all = SQL(reserving: parts.reduce(0) { $0 + $1.text.utf8.count + 4 })
    for (index, part) in parts.enumerated() {
      if index > 0 { all.text += separator.description }
      all.append(part)
    }
    return all
  }

  package static func + (left: SQL, right: SQL) -> SQL {
    var all = left
    all.append(right)
    return all
  }

  private mutating func append(_ value: borrowing some PostgresEncodable) {
    binds.append(value)
    let start = text.utf8.count
    text += "$"
    text += String(binds.count)
    places.append(Place(start: start, length: text.utf8.count - start))
  }

  private mutating func append(_ other: SQL) {
    guard binds.count > 0, other.binds.count > 0 else {
      let shift = text.utf8.count
      text += other.text
      for place in other.places { places.append(Place(start: place.start + shift, length: place.length)) }
      binds.append(other.binds)
      return
    }
    let utf8 = other.text.utf8
    var from = utf8.startIndex
    var offset = 0
    let first = binds.count
    for (index, place) in other.places.enumerated() {
      let here = utf8.index(from, offsetBy: place.start - offset)
      text += other.text[from..<here]
      let start = text.utf8.count
      text += "$"
      text += String(first + index + 1)
      places.append(Place(start: start, length: text.utf8.count - start))
      from = utf8.index(here, offsetBy: place.length)
      offset = place.start + place.length
    }
    text += other.text[from...]
    binds.append(other.binds)
  }

  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var sql: SQL

    package init(literalCapacity: Int, interpolationCount: Int) {
      sql = SQL(reserving: literalCapacity + 4 * interpolationCount)
    }

    package mutating func appendLiteral(_ literal: String) { sql.text += literal }

    package mutating func appendInterpolation(_ value: some PostgresEncodable) { sql.append(value) }

    package mutating func appendInterpolation<Value: PostgresEncodable>(_ value: Value?) { sql.append(value) }

    package mutating func appendInterpolation(sql part: SQL) { sql.append(part) }

    package mutating func appendInterpolation(raw text: StaticString) { sql.text += text.description }

    /// A table, column or channel name between double quotes.
    package mutating func appendInterpolation(identifier name: String) { sql.text += SQL.quoted(identifier: name) }
  }

  /// The name between double quotes, its own doubled and NUL left out.
  static func quoted(identifier name: String) -> String {
    var quoted = "\""
    for scalar in name.unicodeScalars where scalar.value != 0 {
      if scalar == "\"" { quoted += "\"" }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }
}

extension SQL: CustomStringConvertible, CustomReflectable {
  /// The text without values.
  package var description: String { text }
  /// Keeps the bound values out of `dump` and of failed expectations.
  package var customMirror: Mirror { Mirror(self, children: ["text": text]) }
}
