package import Core
import Operations
import Postgres

/// When a location is open: up to 21 spans, each of a day (1 is Monday) from one time to a later one, none over another.
package struct OpeningHours: Primitive, Equatable {
  package struct Span: Sendable, Equatable {
    let day: Int64
    let opens: String
    let closes: String
  }

  package let spans: [Span]
  package init(_ spans: [Span]) { self.spans = spans }

  static let time = JSONSchema.string(minimum: 5, maximum: 5, pattern: "^([01][0-9]|2[0-4]):[0-5][0-9]$")
  static let span = JSONSchema.object(
    [.init("day", .integer(1...7)), .init("opens", time), .init("closes", time)], closed: true)
  package static var schema: JSONSchema { .array(span, maximum: 21) }
  package static var example: OpeningHours { OpeningHours([]) }
  package var json: JSONValue {
    .array(
      spans.map { ["day": .integer($0.day), "opens": .string($0.opens), "closes": .string($0.closes)] })
  }
  var stored: JSONB { JSONB(text: json.encoded) }

  package init(json: JSONValue) throws(InvalidValue) {
    guard let items = json.items else { throw InvalidValue("must be an array, not \(json.kind)", rule: "type") }
    guard items.count <= 21 else { throw InvalidValue("must have at most 21 items", rule: "maxItems") }
    var spans: [Span] = []
    for (index, item) in items.enumerated() {
      guard let span = Self.read(item) else {
        throw InvalidValue("item \(index + 1) must be a day from 1 to 7, opens before closes, as 08:00", rule: "format")
      }
      spans.append(span)
    }
    spans.sort { ($0.day, $0.opens) < ($1.day, $1.opens) }
    for (one, next) in zip(spans, spans.dropFirst()) where one.day == next.day && next.opens < one.closes {
      throw InvalidValue("must not lie over one another", rule: "overlap")
    }
    self.init(spans)
  }

  private static func read(_ json: JSONValue) -> Span? {
    guard case .object(let members) = json, members.count == 3, let day = json["day"]?.whole, (1...7).contains(day),
      let opens = json["opens"]?.text, let closes = json["closes"]?.text, isTime(opens), isTime(closes), opens < closes
    else { return nil }
    return Span(day: day, opens: opens, closes: closes)
  }

  /// From 00:00 to 24:00.
  private static func isTime(_ text: String) -> Bool {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    guard text.utf8.count == 5, parts.count == 2, parts.allSatisfy({ $0.utf8.allSatisfy(digits.contains) }),
      let hour = Int(parts[0]), let minute = Int(parts[1])
    else { return false }
    return hour < 24 && minute < 60 || hour == 24 && minute == 0
  }
}

/// The code of a department: 1 to 10 capital letters and digits, such as `ICU`; small letters are taken for capital ones.
package struct DepartmentCode: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 1...10 }
  package static var sample: String { "ICU" }
  package static var pattern: String? { "^[A-Za-z0-9]+$" }
  package static func normalise(_ text: String) throws(InvalidValue) -> String {
    guard
      text.unicodeScalars.allSatisfy({ $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil) })
    else { throw InvalidValue("must be letters and digits", rule: "pattern") }
    return text.uppercased()
  }
}

/// The number of a room on its door: 1 to 50 characters.
package struct DoorNumber: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 1...50 }
  package static var sample: String { "A-101" }
}

/// How many beds a room has: 0 to 100.
package struct BedCount: IntegerPrimitive {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var range: ClosedRange<Int64> { 0...100 }
}

/// The version of a place that a change was made for.
package struct PlaceVersion: IntegerPrimitive {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var range: ClosedRange<Int64> { 1...Int64(Int32.max) }
}

package enum LocationEntity {}
package typealias LocationID = Identifier<LocationEntity>
package enum RoomEntity {}
package typealias RoomID = Identifier<RoomEntity>

extension Failure {
  /// A change that reached no row: the thing is not there, or somebody else changed it before.
  static func unchanged(_ thing: String, exists: Bool) -> Failure {
    exists ? Failure(.conflict, "The \(thing) was changed meanwhile. Read it again.") : .notFound(thing)
  }
}
