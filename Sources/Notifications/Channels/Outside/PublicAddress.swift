/// Tells addresses of the world at large from those of a machine, a house or a laboratory, by their bytes (the special
/// blocks of RFC 6890 and what came after it). An IPv4 address inside of an IPv6 one counts as what it is.
package enum PublicAddress {
  /// `bytes` are the 4 or 16 of an address in network order; any other number is no address.
  package static func includes(_ bytes: [UInt8]) -> Bool {
    switch bytes.count {
    case 4: return !reserved4.contains { matches(bytes, $0.prefix, $0.bits) }
    case 16: return includes6(bytes)
    default: return false
    }
  }

  private static let reserved4: [(prefix: [UInt8], bits: Int)] = [
    ([0], 8), ([10], 8), ([100, 64], 10), ([127], 8), ([169, 254], 16), ([172, 16], 12), ([192, 0, 0], 24),
    ([192, 0, 2], 24), ([192, 88, 99], 24), ([192, 168], 16), ([198, 18], 15), ([198, 51, 100], 24),
    ([203, 0, 113], 24), ([224], 4), ([240], 4),
  ]

  private static func includes6(_ bytes: [UInt8]) -> Bool {
    let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
    let translated: [UInt8] = [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0]
    if matches(bytes, mapped, 96) || matches(bytes, translated, 96) { return includes(Array(bytes[12...])) }
    if matches(bytes, [0x20, 0x02], 16) { return includes(Array(bytes[2..<6])) }
    // Everything in use lies in 2000::/3; of it Teredo, ORCHID and documentation are nobody's.
    guard matches(bytes, [0x20], 3) else { return false }
    return !matches(bytes, [0x20, 0x01, 0x00], 23) && !matches(bytes, [0x20, 0x01, 0x0D, 0xB8], 32)
      && !matches(bytes, [0x3F, 0xFF, 0x00], 20)
  }

  private static func matches(_ bytes: [UInt8], _ prefix: [UInt8], _ bits: Int) -> Bool {
    for bit in 0..<bits {
      let (index, mask) = (bit / 8, UInt8(0x80) >> UInt8(bit % 8))
      let wanted = index < prefix.count ? prefix[index] : 0
      if (bytes[index] ^ wanted) & mask != 0 { return false }
    }
    return true
  }
}
