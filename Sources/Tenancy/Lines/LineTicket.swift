package import Core
import FoundationEssentials
import Identity
package import Secrets

/// What the holder of a ticket shows to follow his place: this entry of this line of this hospital, until then; signed,
/// and about nobody.
///
/// 52 bytes and the first 128 bits of an HMAC with SHA-256 under a key for nothing else. It opens one room and nothing
/// more; who has it has the number on the ticket.
package struct LineTicket: Sendable, Equatable {
  package let hospital: HospitalID
  package let line: LineID
  package let entry: LineEntryID
  /// Whole seconds.
  package let expiresAt: Timestamp

  private static let size = 52

  package init(hospital: HospitalID, line: LineID, entry: LineEntryID, expiresAt: Timestamp) {
    self.hospital = hospital
    self.line = line
    self.entry = entry
    self.expiresAt = Timestamp(microseconds: expiresAt.microseconds / 1_000_000 * 1_000_000)
  }

  /// 91 characters that stand in an address as they are.
  package func token(_ secrets: KeyRing) -> String {
    let bytes = self.bytes
    return Base64URL.encode(bytes + (secrets.fingerprints(of: Base64URL.encode(bytes), for: .lineTicket).first ?? []))
  }

  /// Nil for what none of the ring's keys has signed; whether it is over is for the caller to say.
  package init?(token: String, _ secrets: KeyRing) {
    guard token.utf8.count <= 100, let all = Base64URL.decode(token), all.count > Self.size else { return nil }
    let bytes = Array(all[..<Self.size])
    guard secrets.isFingerprint(Array(all[Self.size...]), of: Base64URL.encode(bytes), for: .lineTicket) else {
      return nil
    }
    hospital = HospitalID(rawValue: Self.uuid(bytes, 0))
    line = LineID(rawValue: Self.uuid(bytes, 16))
    entry = LineEntryID(rawValue: Self.uuid(bytes, 32))
    expiresAt = Timestamp(microseconds: bytes[48...].reduce(Int64(0)) { $0 << 8 | Int64($1) } * 1_000_000)
  }

  private var bytes: [UInt8] {
    let seconds = UInt32(clamping: expiresAt.microseconds / 1_000_000)
    return Self.bytes(hospital.rawValue) + Self.bytes(line.rawValue) + Self.bytes(entry.rawValue)
      + (0..<4).map { UInt8(truncatingIfNeeded: seconds >> UInt32(24 - 8 * $0)) }
  }

  private static func bytes(_ id: UUID) -> [UInt8] { withUnsafeBytes(of: id.uuid) { Array($0) } }

  /// The sixteen bytes at an offset that the size above leaves room for.
  private static func uuid(_ bytes: [UInt8], _ offset: Int) -> UUID {
    bytes.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(fromByteOffset: offset, as: uuid_t.self)) }
  }
}
