import Core
import Crypto
import HTTPTypes
import HummingbirdCore
package import NIOCore

/// A file of the console.
package struct StaticFile: Sendable {
  /// With a leading slash.
  package let path: String
  package let body: ByteBuffer

  package init(path: String, body: ByteBuffer) {
    self.path = path
    self.body = body
  }
}

/// The console's files, with types and tags; a path without a dot is a page of the console.
struct StaticFiles: Sendable {
  private struct Entry {
    let body: ByteBuffer
    let type: String
    let tag: String
  }

  private let entries: [String: Entry]

  init(_ files: [StaticFile]) {
    entries = Dictionary(
      files.map { file in
        let hash = SHA256.hash(data: Array(file.body.readableBytesView)).prefix(12)
        let tag = "\"" + hash.map { String($0, radix: 16) }.joined() + "\""
        return (file.path, Entry(body: file.body, type: Self.type(of: file.path), tag: tag))
      }, uniquingKeysWith: { first, _ in first })
  }

  func response(_ exchange: Exchange) -> Reply? {
    let last = exchange.path.split(separator: "/").last ?? ""
    guard let entry = entries[exchange.path] ?? (last.contains(".") ? nil : entries["/index.html"]) else { return nil }
    let headers: HTTPFields = [.contentType: entry.type, .eTag: entry.tag, .cacheControl: "no-cache"]
    if exchange.headers[.ifNoneMatch] == entry.tag { return Reply(status: .notModified, headers: headers) }
    return Reply(status: .ok, headers: headers, content: .bytes(entry.body))
  }

  /// The console itself, which shows whoever was refused a page what he can do; never from a browser's store.
  func console(refusing failure: Failure) -> Reply {
    guard let entry = entries["/index.html"] else { return Responses.failure(failure) }
    return Reply(
      status: .init(code: failure.code.status), headers: [.contentType: entry.type, .cacheControl: "no-store"],
      content: .bytes(entry.body))
  }

  private static func type(of path: String) -> String {
    switch path.split(separator: ".").last {
    case "html": "text/html; charset=utf-8"
    case "css": "text/css; charset=utf-8"
    case "js", "mjs": "text/javascript; charset=utf-8"
    case "svg": "image/svg+xml"
    case "png": "image/png"
    case "json", "webmanifest": "application/json"
    case "woff2": "font/woff2"
    default: "application/octet-stream"
    }
  }
}
