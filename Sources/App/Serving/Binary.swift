import FoundationEssentials
import Gateway
import Identity
import NIOCore
package import Postgres

/// What travels inside the binary.
package enum Binary {
  package static let version = "0.1.0"

  /// The migrations in order; throws when one is not well-formed.
  package static func migrations() throws -> [Migration] {
    var texts: [String: String] = [:]
    for file in EmbeddedFiles.files where file.path.hasPrefix("Migrations/") {
      guard let data = Data(base64Encoded: file.base64) else { continue }
      texts[String(file.path.dropFirst("Migrations/".count))] = String(decoding: data, as: UTF8.self)
    }
    return try Migration.load(texts)
  }

  /// What nobody may choose as a password.
  static func commonPasswords() -> CommonPasswords {
    let file = EmbeddedFiles.files.first { $0.path == "Data/common-passwords.txt" }
    return CommonPasswords(
      file.flatMap { Data(base64Encoded: $0.base64) }.map { String(decoding: $0, as: UTF8.self) } ?? "")
  }

  static func console() -> [StaticFile] {
    EmbeddedFiles.files.filter { $0.path.hasPrefix("Console/") }.compactMap { file in
      Data(base64Encoded: file.base64).map {
        StaticFile(path: String(file.path.dropFirst("Console".count)), body: ByteBuffer(bytes: $0))
      }
    }
  }
}
