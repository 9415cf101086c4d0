package import Core
import Crypto
import FoundationEssentials

/// The name of an organisation or a hospital: 2 to 255 characters, and no mark-up.
package struct TenantName: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 2...255 }
  package static var sample: String { "Northern Hospitals" }
  package static func normalise(_ text: String) throws(InvalidValue) -> String {
    guard !text.contains("<"), !text.contains(">") else {
      throw InvalidValue("must hold no < or >", rule: "characters")
    }
    return text
  }
}

/// The short name of an organisation: 3 to 50 small letters, digits and `-`.
package struct Slug: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 3...50 }
  package static var sample: String { "northern-hospitals" }
  package static var pattern: String? { "^[a-z0-9-]+$" }
  package static func normalise(_ text: String) throws(InvalidValue) -> String {
    guard text.utf8.allSatisfy(\.isLabelCharacter) else {
      throw InvalidValue("must be small letters, digits and -", rule: "pattern")
    }
    return text
  }
}

/// The first part of a hospital's host name: 1 to 63 small letters, digits and `-`, none of them at an end (RFC 1035).
package struct Subdomain: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 1...63 }
  package static var sample: String { "northern-general" }
  package static var pattern: String? { "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$" }
  package static func normalise(_ text: String) throws(InvalidValue) -> String {
    let dash = UInt8(ascii: "-")
    guard text.utf8.allSatisfy(\.isLabelCharacter), text.utf8.first != dash, text.utf8.last != dash else {
      throw InvalidValue("must be small letters, digits and -, with no - at an end", rule: "pattern")
    }
    return text
  }
}

extension UInt8 {
  fileprivate var isLabelCharacter: Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) || isDigit || self == UInt8(ascii: "-")
  }
  fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}

/// What a hospital is.
package enum HospitalType: String, ChoicePrimitive { case hospital, clinic }

/// What an organisation is.
package enum OrganizationType: String, ChoicePrimitive { case business, nonprofit, education, personal }

/// A name of the time zone database, such as `Europe/Berlin`, or `UTC`; the database is asked whether there is one.
package struct TimeZoneName: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 3...50 }
  package static var sample: String { "Europe/Berlin" }
  package static var pattern: String? { "^(UTC|[A-Za-z_]+(/[A-Za-z0-9_+-]+)+)$" }
  package static func normalise(_ text: String) throws(InvalidValue) -> String {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    let isRegion = parts.first?.utf8.allSatisfy { $0.isLetter || $0 == UInt8(ascii: "_") } ?? false
    let arePlaces = parts.dropFirst().allSatisfy { part in
      !part.isEmpty && part.utf8.allSatisfy { $0.isLetter || $0.isDigit || "_+-".utf8.contains($0) }
    }
    guard text == "UTC" || parts.count > 1 && !parts[0].isEmpty && isRegion && arePlaces else {
      throw InvalidValue("must be a time zone such as Europe/Berlin", rule: "pattern")
    }
    return text
  }
}

extension UInt8 {
  fileprivate var isLetter: Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self)
  }
}

/// A code that lets its users in: 4 to 12 capital letters and digits; small letters are taken for capital ones.
package struct JoinCode: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 4...12 }
  package static var sample: String { "K7WQ2MXP" }
  package static var pattern: String? { "^[A-Za-z0-9]+$" }
  package static func normalise(_ text: String) throws(InvalidValue) -> String {
    guard text.utf8.allSatisfy({ $0.isLetter || $0.isDigit }) else {
      throw InvalidValue("must be letters and digits", rule: "pattern")
    }
    return text.uppercased()
  }

  /// Eight characters of 31, without those that look like others: 40 bits nearly.
  static func new() -> JoinCode {
    let letters = Array("ABCDEFGHJKMNPQRSTUVWXYZ23456789")
    var random = SystemRandomNumberGenerator()
    return JoinCode(unchecked: String((0..<8).map { _ in letters[Int.random(in: letters.indices, using: &random)] }))
  }
}

/// How often a code may be used: 1 to 1,000 times.
package struct UseCount: IntegerPrimitive {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var range: ClosedRange<Int64> { 1...1000 }
}

/// For how many hours a code or an invitation is good: an hour to 30 days.
package struct HoursGood: IntegerPrimitive {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var range: ClosedRange<Int64> { 1...720 }
  static var week: HoursGood { HoursGood(unchecked: 168) }
}

/// The secret of an invitation's link: 256 random bits, of which the database holds the SHA-256.
package struct InvitationToken: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 46...46 }
  package static var sample: String { "wi_pNqZ0W2bPQm3v5oE3hQk7mJ1m0rH4yqkY8kq2Jb1v6A" }

  static func new() -> InvitationToken {
    let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
    let text = bytes.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    return InvitationToken(unchecked: "wi_" + text)
  }

  var hash: [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }
  var hexHash: String { hash.map { String(UInt16($0) + 256, radix: 16).dropFirst() }.joined() }
}

/// To whom invitations go: 1 to 50 different addresses.
package struct AddressList: Primitive, Hashable {
  package let addresses: [EmailAddress]

  package static var schema: JSONSchema {
    guard case .object(let members) = JSONSchema.array(EmailAddress.schema, maximum: 50).json else {
      return .array(EmailAddress.schema, maximum: 50)
    }
    return JSONSchema(.object(members + [.init("minItems", 1), .init("uniqueItems", true)]))
  }
  package static var example: AddressList { AddressList(addresses: [.example]) }
  package var json: JSONValue { .array(addresses.map(\.json)) }

  private init(addresses: [EmailAddress]) { self.addresses = addresses }

  package init(json: JSONValue) throws(InvalidValue) {
    guard let items = json.items else { throw InvalidValue("must be an array, not \(json.kind)", rule: "type") }
    guard !items.isEmpty else { throw InvalidValue("must name at least one address", rule: "minItems") }
    guard items.count <= 50 else { throw InvalidValue("must name at most 50 addresses", rule: "maxItems") }
    var read: [EmailAddress] = []
    for (index, item) in items.enumerated() {
      do { read.append(try EmailAddress(json: item)) } catch {
        throw InvalidValue("item \(index + 1) \(error.message)", rule: error.rule)
      }
    }
    guard Set(read).count == read.count else { throw InvalidValue("must not name one twice", rule: "uniqueItems") }
    self.init(addresses: read)
  }
}
