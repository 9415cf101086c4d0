package import Core
import Crypto

/// AWS Signature Version 4 of a POST to `/` with a body: the headers that the request needs.
package struct SignatureV4: Sendable {
  let accessKey: String
  let secret: String
  let region: String
  let service: String
  let host: String
  let contentType: String

  package init(
    accessKey: String, secret: String, region: String, service: String, host: String, contentType: String
  ) {
    self.accessKey = accessKey
    self.secret = secret
    self.region = region
    self.service = service
    self.host = host
    self.contentType = contentType
  }

  package func headers(for body: [UInt8], at now: Timestamp) -> [String: String] {
    let time = Self.basicTime(now)
    let date = String(time.prefix(8))
    let canonical = """
      POST
      /

      content-type:\(contentType)
      host:\(host)
      x-amz-date:\(time)

      content-type;host;x-amz-date
      \(Self.hash(body))
      """
    let scope = "\(date)/\(region)/\(service)/aws4_request"
    let text = "AWS4-HMAC-SHA256\n\(time)\n\(scope)\n\(Self.hash(Array(canonical.utf8)))"
    var key = Array("AWS4\(secret)".utf8)
    for part in [date, region, service, "aws4_request"] { key = Self.code(part, key) }
    let signature = Hex.encode(Self.code(text, key))
    return [
      "Content-Type": contentType, "X-Amz-Date": time,
      "Authorization": "AWS4-HMAC-SHA256 Credential=\(accessKey)/\(scope), "
        + "SignedHeaders=content-type;host;x-amz-date, Signature=\(signature)",
    ]
  }

  /// `20261121T143000Z`.
  private static func basicTime(_ now: Timestamp) -> String {
    let whole = Timestamp(microseconds: now.microseconds / 1_000_000 * 1_000_000)
    return whole.rfc3339.filter { $0 != "-" && $0 != ":" }
  }

  private static func hash(_ bytes: [UInt8]) -> String { Hex.encode(SHA256.hash(data: bytes)) }

  private static func code(_ text: String, _ key: [UInt8]) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: SymmetricKey(data: key)))
  }
}
