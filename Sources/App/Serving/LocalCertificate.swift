import Crypto
import FoundationEssentials
import SwiftASN1
import X509

/// A certificate of our own for `--tls local`: made once, kept in the data folder, good for a year.
enum LocalCertificate {
  struct Paths {
    let certificate: String
    let key: String
  }

  /// Throws when the folder cannot be written.
  static func make(in folder: String, host: String) throws -> Paths {
    let paths = Paths(certificate: folder + "/local-certificate.pem", key: folder + "/local-key.pem")
    if let old = try? String(contentsOfFile: paths.certificate, encoding: .utf8),
      FileManager.default.fileExists(atPath: paths.key),
      let certificate = try? Certificate(pemEncoded: old),
      certificate.notValidAfter > Date.now.addingTimeInterval(86_400 * 30)
    {
      return paths
    }
    let key = P256.Signing.PrivateKey()
    let name = try DistinguishedName { CommonName("Ward (\(host))") }
    let names = Set(["localhost", host]).sorted().map { GeneralName.dnsName($0) }
    let certificate = try Certificate(
      version: .v3, serialNumber: .init(), publicKey: .init(key.publicKey), notValidBefore: Date.now - 3600,
      notValidAfter: Date.now + 365 * 86_400, issuer: name, subject: name,
      signatureAlgorithm: .ecdsaWithSHA256,
      extensions: try Certificate.Extensions {
        Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
        SubjectAlternativeNames(names + [.ipAddress(ASN1OctetString(contentBytes: [127, 0, 0, 1]))])
      }, issuerPrivateKey: .init(key))
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    // Private from its first byte on.
    guard
      FileManager.default.createFile(
        atPath: paths.key, contents: Data(key.pemRepresentation.utf8), attributes: [.posixPermissions: 0o600])
    else { throw CocoaError(.fileWriteUnknown) }
    try Data(try certificate.serializeAsPEM().pemString.utf8).write(to: URL(filePath: paths.certificate))
    return paths
  }
}
