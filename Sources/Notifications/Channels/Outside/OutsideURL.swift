import FoundationEssentials

/// An address that is asked over HTTP: a host of plain characters, so that whoever reads it reads the same one, and a
/// port that there is. Anything else could lead elsewhere than where it was judged to lead, or end the process.
package struct OutsideURL: Sendable, Equatable {
  let url: URL
  /// A name or an address; without brackets.
  package let host: String
  package let port: Int
  package let isSecure: Bool

  package init?(_ text: String) {
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }), let url = URL(string: text),
      let scheme = url.scheme?.lowercased(), ["http", "https"].contains(scheme), let told = url.host(),
      let place = Self.place(in: text), !place.host.isEmpty, place.host.utf8.allSatisfy(Self.isHostCharacter)
    else { return nil }
    let host = place.host
    guard told == host || "[\(told)]" == host, url.port == nil || url.port == place.port else { return nil }
    self.url = url
    self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
    isSecure = scheme == "https"
    port = place.port ?? (isSecure ? 443 : 80)
  }

  /// Host and port as they stand between `//`, or the last `@`, and what follows them; nil for a port that there is not.
  private static func place(in text: String) -> (host: String, port: Int?)? {
    guard let start = text.firstRange(of: "://")?.upperBound else { return nil }
    let authority = text[start...].prefix { !"/?#".contains($0) }
    let place = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
    let end =
      place.hasPrefix("[") ? place.firstIndex(of: "]").map { place.index(after: $0) } : place.firstIndex(of: ":")
    guard let end, end < place.endIndex else { return (String(place), nil) }
    let digits = place[end...].dropFirst()
    guard place[end] == ":", (1...5).contains(digits.utf8.count),
      digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = Int(digits), (1...65_535).contains(port)
    else { return nil }
    return (String(place[..<end]), port)
  }

  private static func isHostCharacter(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
      UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: ":"):
      true
    default: false
    }
  }
}
