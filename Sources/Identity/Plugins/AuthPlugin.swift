package import Core
package import Operations

/// One way to sign in, for the people of one or several domains.
///
/// A domain is a line of business (`healthcare`, `fashion`) or that of a house's addresses (`klinik.example`). What a
/// plugin is shown and what it finds out is its own: Ward only chooses it, by the domain and its name.
package protocol AuthPlugin: Sendable {
  associatedtype Proof: Sendable
  associatedtype Verified: Sendable
  var name: String { get }
  var domains: Set<AuthDomain> { get }
  /// Whether a browser is sent elsewhere to sign in.
  var isElsewhere: Bool { get }
  /// Who it is; `UNAUTHORIZED` when the proof proves nothing.
  func verify(_ proof: Proof, _ call: Preparation) async throws -> Verified
}

/// The name of a domain: 1 to 100 characters of a–z, 0–9, `-` and `.`; capital letters are taken for small ones.
package struct AuthDomain: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 1...100 }
  package static var sample: String { "healthcare" }
  package static var pattern: String? { "^[A-Za-z0-9.-]{1,100}$" }
  package static func normalise(_ text: String) throws(InvalidValue) -> String {
    let text = text.lowercased()
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
    guard text.utf8.allSatisfy({ digits.contains($0) || letters.contains($0) || "-.".utf8.contains($0) }) else {
      throw InvalidValue("must be the name of a domain", rule: "pattern")
    }
    return text
  }

  /// Where nothing says another one.
  package static let standard = AuthDomain(unchecked: "healthcare")
}
