import Core
import Crypto
import JWTKit
import Notifications
import Scheduling

/// Rooms of Jitsi Meet, opened by its token: a JWT by HS256 (Jitsi's "token authentication", lib-jitsi-meet/doc/tokens.md).
struct Jitsi: Sendable {
  let base: String
  let host: String
  let app: String
  let secret: String

  struct Claims: JWTPayload, Equatable {
    struct Context: Codable, Sendable, Equatable {
      struct User: Codable, Sendable, Equatable {
        let name: String
        let moderator: Bool
      }
      let user: User
    }
    let aud: String
    let iss: String
    let sub: String
    let room: String
    let nbf: Int64
    let exp: Int64
    let context: Context

    func verify(using algorithm: some JWTAlgorithm) {}
  }

  var provider: VideoProvider {
    VideoProvider { visit, guest, from, until in try await link(visit, guest, from, until) }
  }

  private func link(
    _ visit: AppointmentID, _ guest: VideoGuest, _ from: Timestamp, _ until: Timestamp
  ) async throws -> String {
    let room = room(of: visit)
    let claims = Claims(
      aud: "jitsi", iss: app, sub: host, room: room, nbf: from.microseconds / 1_000_000,
      exp: until.microseconds / 1_000_000, context: .init(user: .init(name: guest.name, moderator: guest.isHost)))
    let keys = await JWTKeyCollection().add(hmac: .init(from: secret), digestAlgorithm: .sha256)
    return "\(base)/\(room)?jwt=\(try await keys.sign(claims))"
  }

  /// The same for both, and nobody guesses it who knows the visit's id: 128 bits of HMAC-SHA256, hexadecimal since Jitsi
  /// takes no upper case.
  private func room(of visit: AppointmentID) -> String {
    let code = HMAC<SHA256>.authenticationCode(
      for: Array("room \(visit.text)".utf8), using: SymmetricKey(data: Array(secret.utf8)))
    return "ward-" + Hex.encode(code.prefix(16))
  }
}
