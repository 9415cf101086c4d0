import Crypto
package import FoundationEssentials

/// The keys that protect what must not stand readable in the database: seals with the newest, opens with any.
///
/// AES-256-GCM (NIST SP 800-38D) with a random nonce of 96 bits; each purpose has a key of its own, derived by HKDF with
/// SHA-256 (RFC 5869). What is sealed names its key, so that a ring of several opens all while rows move to the newest.
package struct KeyRing: Sendable {
  private let keys: [SymmetricKey]
  private let names: [[UInt8]]

  /// The newest key first. Each text is turned into 256 bits; it should come from a generator, not from a head.
  package init(newest: String, earlier: [String] = []) {
    let texts = [newest] + earlier
    keys = texts.map { SymmetricKey(data: SHA256.hash(data: Array($0.utf8))) }
    names = keys.map { key in
      let name = HMAC<SHA256>.authenticationCode(for: Array("name".utf8), using: key)
      return Array(name.prefix(Self.nameLength))
    }
  }

  private static let version: UInt8 = 1
  private static let nameLength = 4
  private static let headLength = 1 + nameLength

  /// Sealed bytes: a version, the key's name, nonce, ciphertext, tag. `place` says where they belong (a column and a
  /// row's id): bytes that were moved elsewhere do not open.
  package func seal(_ plain: some DataProtocol, for purpose: Purpose, place: String) throws(SealError) -> [UInt8] {
    do {
      let box = try AES.GCM.seal(
        plain, using: derived(keys[0], purpose), authenticating: Array(place.utf8))
      guard let combined = box.combined else { throw SealError.unreadable(purpose) }
      return [Self.version] + names[0] + Array(combined)
    } catch {
      throw .unreadable(purpose)
    }
  }

  /// What was sealed; fails when it was altered, moved, or sealed by a key that is not on the ring.
  package func open(_ sealed: [UInt8], for purpose: Purpose, place: String) throws(SealError) -> [UInt8] {
    guard sealed.count > Self.headLength, sealed[0] == Self.version else { throw .unreadable(purpose) }
    guard let index = names.firstIndex(of: Array(sealed[1..<Self.headLength])) else { throw .unknownKey(purpose) }
    do {
      let box = try AES.GCM.SealedBox(combined: sealed[Self.headLength...])
      return Array(try AES.GCM.open(box, using: derived(keys[index], purpose), authenticating: Array(place.utf8)))
    } catch {
      throw .unreadable(purpose)
    }
  }

  package func seal(_ text: String, for purpose: Purpose, place: String) throws(SealError) -> [UInt8] {
    try seal(Array(text.utf8), for: purpose, place: place)
  }

  package func openText(_ sealed: [UInt8], for purpose: Purpose, place: String) throws(SealError) -> String {
    guard let text = String(validating: try open(sealed, for: purpose, place: place), as: UTF8.self) else {
      throw .unreadable(purpose)
    }
    return text
  }

  /// Whether the newest key sealed it; what is false is moved by the rotation.
  package func isCurrent(_ sealed: [UInt8]) -> Bool {
    sealed.count > Self.headLength && sealed[0] == Self.version && Array(sealed[1..<Self.headLength]) == names[0]
  }

  /// With what the bytes begin that the newest key sealed.
  package var currentHead: [UInt8] { [Self.version] + names[0] }

  /// 128 bits that are equal for equal words, and say nothing about them to who has no key (a blind index).
  /// The newest key's first; rows that were written under an earlier key are found by the others.
  package func fingerprints(of word: String, for purpose: Purpose) -> [[UInt8]] {
    keys.map { key in
      Array(HMAC<SHA256>.authenticationCode(for: Array(word.utf8), using: derived(key, purpose)).prefix(16))
    }
  }

  /// Whether one of the keys made this fingerprint of the word; takes as long for the first byte that differs as for the
  /// last.
  package func isFingerprint(_ print: [UInt8], of word: String, for purpose: Purpose) -> Bool {
    fingerprints(of: word, for: purpose).reduce(false) { found, own in
      let differences = zip(own, print).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) }
      return found || (own.count == print.count && differences == 0)
    }
  }

  private func derived(_ key: SymmetricKey, _ purpose: Purpose) -> SymmetricKey {
    HKDF<SHA256>.deriveKey(inputKeyMaterial: key, info: Array("ward \(purpose.rawValue)".utf8), outputByteCount: 32)
  }
}
