import Glibc
import HTTPTypes

/// A range of IP addresses in CIDR notation (RFC 4632), or a single address.
package struct AddressRange: Sendable, Equatable {
  private let bytes: [UInt8]
  private let bits: Int

  package init?(_ text: some StringProtocol) {
    let parts = String(text).filter { $0 != " " }.split(separator: "/", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let bytes = Self.bytes(of: String(parts[0])) else { return nil }
    let longest = bytes.count * 8
    guard let bits = parts.count == 2 ? Int(String(parts[1])) : longest, (0...longest).contains(bits) else {
      return nil
    }
    self.bytes = bytes
    self.bits = bits
  }

  package func contains(_ address: String) -> Bool {
    guard let other = Self.bytes(of: address), other.count == bytes.count else { return false }
    for index in 0..<bytes.count {
      let left = bits - index * 8
      guard left > 0 else { return true }
      let mask: UInt8 = left >= 8 ? 0xFF : ~(0xFF >> UInt8(left))
      guard bytes[index] & mask == other[index] & mask else { return false }
    }
    return true
  }

  /// An address in network order.
  static func bytes(of address: String) -> [UInt8]? {
    // IPv4 needs 4 bytes, IPv6 16; inet_pton takes no port, zone or abbreviation.
    for (family, count) in [(AF_INET, 4), (AF_INET6, 16)] {
      var bytes = [UInt8](repeating: 0, count: count)
      if inet_pton(family, address, &bytes) == 1 { return bytes }
    }
    return nil
  }
}

/// The client's address: the peer's, or behind trusted proxies the last one in `X-Forwarded-For` or `Forwarded` (RFC
/// 7239) that is none of them.
///
/// A proxy writes one of the two and passes the other on as the client sent it: where they disagree neither is believed.
struct ClientAddress: Sendable {
  let trusted: [AddressRange]

  func callAsFunction(_ peer: String, _ headers: HTTPFields) -> String {
    guard isTrusted(peer) else { return peer }
    let told = [
      Self.value("X-Forwarded-For", headers).map { client($0.split(separator: ",").map { $0.filter { $0 != " " } }) },
      Self.value("Forwarded", headers).map { client($0.split(separator: ",").map(Self.forwardedFor)) },
    ].compactMap(\.self)
    guard let first = told.first, let address = first, told.allSatisfy({ $0 == first }) else { return peer }
    return address
  }

  /// The hop nearest to us that is no trusted proxy; nil when it cannot be told.
  private func client(_ hops: [String]) -> String? {
    for address in hops.reversed().prefix(20) {
      guard AddressRange(address) != nil else { return nil }
      if !isTrusted(address) { return address }
    }
    return nil
  }

  private static func value(_ name: String, _ headers: HTTPFields) -> String? {
    HTTPField.Name(name).flatMap { headers[$0] }
  }

  /// The address of one element's `for=`, without quotes, brackets and port; empty when there is none.
  private static func forwardedFor(_ element: Substring) -> String {
    for pair in element.split(separator: ";") {
      let parts = pair.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, parts[0].filter({ $0 != " " }).lowercased() == "for" else { continue }
      let node = parts[1].filter { $0 != " " && $0 != "\"" }
      if node.first == "[" { return String(node.dropFirst().prefix { $0 != "]" }) }
      return node.filter { $0 == ":" }.count == 1 ? String(node.prefix { $0 != ":" }) : node
    }
    return ""
  }

  private func isTrusted(_ address: String) -> Bool { trusted.contains { $0.contains(address) } }
}
