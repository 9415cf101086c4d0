import CArgon2
import Core
import NIOPosix
package import Operations
import Synchronization

/// Argon2id (RFC 9106) on threads of its own, so that hashing never holds up anything else.
///
/// 19 MiB, 2 passes, 1 lane (OWASP's floor); about 17 ms each. With `maximumWaiting` jobs in line the next one is
/// refused with `SERVICE_UNAVAILABLE` and `Retry-After`.
package final class PasswordHasher: Sendable {
  private static let memoryKiB: UInt32 = 19 * 1024
  private static let passes: UInt32 = 2
  private let threads: NIOThreadPool
  private let waiting = Atomic<Int>(0)
  private let maximumWaiting: Int
  /// Verified against when a person is unknown, so that both cases cost the same.
  private let decoy: String
  private let common: CommonPasswords

  package init(
    common: CommonPasswords = CommonPasswords(""), threads count: Int = 2, maximumWaiting: Int = 64
  ) throws {
    self.common = common
    threads = NIOThreadPool(numberOfThreads: count)
    threads.start()
    self.maximumWaiting = maximumWaiting
    decoy = try Self.hash("nobody has this password", salt: Self.salt())
  }

  package func hash(_ password: String) async throws -> String {
    try await onThread { try Self.hash(password, salt: Self.salt()) }
  }

  /// Whether the password belongs to the encoded hash; without one, does the same work and says no.
  package func verify(_ password: String, against encoded: String?) async throws -> Bool {
    let encodedOrDecoy = encoded ?? decoy
    let matches = try await onThread { Self.matches(password, encodedOrDecoy) }
    return matches && encoded != nil
  }

  package var passwords: Passwords {
    Passwords(
      hash: { try await self.hash($0) }, verify: { try await self.verify($0, against: $1) },
      isOutdated: { !$0.hasPrefix("$argon2id$v=19$m=\(Self.memoryKiB),t=\(Self.passes),p=1$") },
      isCommon: { self.common.contains($0) })
  }

  package func close() async throws { try await threads.shutdownGracefully() }

  private func onThread<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
    defer { waiting.subtract(1, ordering: .relaxed) }
    guard waiting.add(1, ordering: .relaxed).newValue <= maximumWaiting else {
      throw Failure(.unavailable, "Too many people are signing in at once.", retryAfterSeconds: 2)
    }
    return try await threads.runIfActive(work)
  }

  private static func salt() -> [UInt8] {
    var random = SystemRandomNumberGenerator()
    return (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &random) }
  }

  private static func hash(_ password: String, salt: [UInt8]) throws -> String {
    let bytes = Array(password.utf8)
    var encoded = [CChar](repeating: 0, count: 200)
    let result = argon2id_hash_encoded(
      passes, memoryKiB, 1, bytes, bytes.count, salt, salt.count, 32, &encoded, encoded.count)
    guard result == ARGON2_OK.rawValue else { throw HashingFailed(code: result) }
    return String(decoding: encoded.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private static func matches(_ password: String, _ encoded: String) -> Bool {
    if encoded.hasPrefix("$2") { return Bcrypt.matches(password, encoded) }
    let bytes = Array(password.utf8)
    return argon2id_verify(encoded, bytes, bytes.count) == ARGON2_OK.rawValue
  }
}

/// libargon2 refused; the code is one of its `ARGON2_*`.
struct HashingFailed: Error {
  let code: Int32
}
