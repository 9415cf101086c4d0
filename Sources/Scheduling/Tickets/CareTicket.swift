package import Core
import FoundationEssentials
import Identity
package import Secrets

/// What opens one thing for whoever holds it: this thing of this hospital, until then; signed, and about nobody.
///
/// 37 bytes and the first 128 bits of an HMAC with SHA-256 under a key for nothing else.
package struct CareTicket: Sendable, Equatable {
  package enum Kind: UInt8, Sendable {
    /// To book by a hospital's link.
    case booking = 1
    /// To follow what was booked so.
    case tracking = 2
    /// To be shown at the desk: somebody is here.
    case checkIn = 3
  }

  package let kind: Kind
  package let hospital: HospitalID
  package let thing: Identifier<AnyEntity>
  /// Whole seconds.
  package let expiresAt: Timestamp

  private static let size = 37

  package init(_ kind: Kind, _ thing: Identifier<AnyEntity>, in hospital: HospitalID, until expiresAt: Timestamp) {
    self.kind = kind
    self.hospital = hospital
    self.thing = thing
    self.expiresAt = Timestamp(microseconds: expiresAt.microseconds / 1_000_000 * 1_000_000)
  }

  /// 71 characters that stand in an address as they are.
  package func token(_ secrets: KeyRing) -> String {
    let bytes = self.bytes
    return Base64URL.encode(bytes + (secrets.fingerprints(of: Base64URL.encode(bytes), for: .careTicket).first ?? []))
  }

  /// Nil for what none of the ring's keys has signed.
  private init?(token: String, _ secrets: KeyRing) {
    guard token.utf8.count <= 100, let all = Base64URL.decode(token), all.count > Self.size,
      let kind = Kind(rawValue: all[0])
    else { return nil }
    let bytes = Array(all[..<Self.size])
    guard secrets.isFingerprint(Array(all[Self.size...]), of: Base64URL.encode(bytes), for: .careTicket) else {
      return nil
    }
    self.kind = kind
    hospital = HospitalID(rawValue: Self.uuid(bytes, 1))
    thing = Identifier(rawValue: Self.uuid(bytes, 17))
    expiresAt = Timestamp(microseconds: bytes[33...].reduce(Int64(0)) { $0 << 8 | Int64($1) } * 1_000_000)
  }

  /// What a token opens now; throws `UNAUTHORIZED` for one that is forged, of another kind, or over.
  package static func open(
    _ token: String, as kind: Kind, _ secrets: KeyRing, now: Timestamp
  ) throws(Failure) -> CareTicket {
    guard let ticket = CareTicket(token: token, secrets), ticket.kind == kind else {
      throw Failure(.unauthorized, "This link is not valid.")
    }
    guard ticket.expiresAt > now else { throw Failure(.unauthorized, "This link is over.") }
    return ticket
  }

  private var bytes: [UInt8] {
    let seconds = UInt32(clamping: expiresAt.microseconds / 1_000_000)
    return [kind.rawValue] + Self.bytes(hospital.rawValue) + Self.bytes(thing.rawValue)
      + (0..<4).map { UInt8(truncatingIfNeeded: seconds >> UInt32(24 - 8 * $0)) }
  }

  private static func bytes(_ id: UUID) -> [UInt8] { withUnsafeBytes(of: id.uuid) { Array($0) } }

  /// The sixteen bytes at an offset that the size above leaves room for.
  private static func uuid(_ bytes: [UInt8], _ offset: Int) -> UUID {
    bytes.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(fromByteOffset: offset, as: uuid_t.self)) }
  }
}

/// A token of a ``CareTicket`` as somebody sends it.
package struct CareToken: TextPrimitive, CustomStringConvertible {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 1...100 }
  package static var sample: String { "AQGd3q0zcHCAoAAAAAAAAAABnd6tM3BwgKAAAAAAAAAAAWkhx0A" }
  package var description: String { "a token" }
}
