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

  private static func bytes(of address: String) -> [UInt8]? {
    // IPv4 needs 4 bytes, IPv6 16; inet_pton takes no port, zone or abbreviation.
    for (family, count) in [(AF_INET, 4), (AF_INET6, 16)] {
      var bytes = [UInt8](repeating: 0, count: count)
      if inet_pton(family, address, &bytes) == 1 { return bytes }
    }
    return nil
  }
}

/// The client's address: the peer's, or behind trusted proxies the last one in `X-Forwarded-For` that is none of them.
struct ClientAddress: Sendable {
  let trusted: [AddressRange]

  func callAsFunction(_ peer: String, _ headers: HTTPFields) -> String {
    guard isTrusted(peer), let name = HTTPField.Name("X-Forwarded-For"), let chain = headers[name] else { return peer }
    for hop in chain.split(separator: ",").reversed().prefix(20) {
      let address = String(hop.filter { $0 != " " })
      guard AddressRange(address) != nil else { return peer }
      if !isTrusted(address) { return address }
    }
    return peer
  }

  private func isTrusted(_ address: String) -> Bool { trusted.contains { $0.contains(address) } }
}
