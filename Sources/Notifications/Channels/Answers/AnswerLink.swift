package import Core
import FoundationEssentials
import Identity
package import Secrets

/// What a link in a message says: this person answers this alert of this tier, until then; signed, and nothing secret.
package struct AnswerLink: Sendable, Equatable {
  package let hospital: HospitalID
  package let alert: AlertID
  package let person: UserID
  package let tier: Int
  /// Whole seconds.
  package let expiresAt: Timestamp

  package static let hours: Int64 = 12
  private static let signatureLength = 16

  package init(hospital: HospitalID, alert: AlertID, person: UserID, tier: Int, expiresAt: Timestamp) {
    self.hospital = hospital
    self.alert = alert
    self.person = person
    self.tier = min(max(tier, 0), 255)
    self.expiresAt = Timestamp(microseconds: expiresAt.microseconds / 1_000_000 * 1_000_000)
  }

  /// 92 characters that stand in an address as they are.
  package func token(_ secrets: KeyRing) -> String {
    let bytes = self.bytes
    return Base64URL.encode(bytes + (secrets.fingerprints(of: Self.word(bytes), for: .answerLink).first ?? []))
  }

  /// Nil for what none of the ring's keys has signed.
  package init?(token: String, _ secrets: KeyRing) {
    guard token.utf8.count <= 100, let all = Base64URL.decode(token), all.count == 53 + Self.signatureLength else {
      return nil
    }
    let bytes = Array(all[..<53])
    let signature = Array(all[53...])
    guard
      secrets.fingerprints(of: Self.word(bytes), for: .answerLink).contains(where: { Self.isSame($0, signature) })
    else { return nil }
    hospital = HospitalID(rawValue: Self.uuid(bytes[0..<16]))
    alert = AlertID(rawValue: Self.uuid(bytes[16..<32]))
    person = UserID(rawValue: Self.uuid(bytes[32..<48]))
    tier = Int(bytes[48])
    expiresAt = Timestamp(
      microseconds: bytes[49..<53].reduce(Int64(0)) { $0 << 8 | Int64($1) } * 1_000_000)
  }

  private var bytes: [UInt8] {
    let seconds = UInt32(clamping: expiresAt.microseconds / 1_000_000)
    let time = (0..<4).map { UInt8(truncatingIfNeeded: seconds >> UInt32(24 - 8 * $0)) }
    return Self.bytes(hospital.rawValue) + Self.bytes(alert.rawValue) + Self.bytes(person.rawValue) + [UInt8(tier)]
      + time
  }

  private static func word(_ bytes: [UInt8]) -> String { Hex.encode(bytes) }
  private static func bytes(_ id: UUID) -> [UInt8] { withUnsafeBytes(of: id.uuid) { Array($0) } }

  private static func uuid(_ bytes: ArraySlice<UInt8>) -> UUID {
    let text = Hex.encode(bytes)
    var parts: [Substring] = []
    var rest = text[...]
    for length in [8, 4, 4, 4, 12] {
      parts.append(rest.prefix(length))
      rest = rest.dropFirst(length)
    }
    return UUID(uuidString: parts.joined(separator: "-")) ?? UUID()
  }

  /// Takes as long for the first byte that differs as for the last.
  private static func isSame(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    one.count == other.count && zip(one, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
