import HTTPTypes
import HummingbirdCore
import NIOCore
import NIOHTTP1
import NIOHTTPTypesHTTP1

/// A request target, taken apart once.
struct RequestTarget: Sendable {
  /// Path and query, without the scheme and host of an absolute form.
  let pathAndQuery: String

  init(_ uri: String) {
    guard !uri.hasPrefix("/"), uri.hasPrefix("http://") || uri.hasPrefix("https://"),
      let authority = uri.firstRange(of: "//")?.upperBound
    else {
      pathAndQuery = uri
      return
    }
    let rest = uri[authority...]
    if let slash = rest.firstIndex(where: { $0 == "/" || $0 == "?" }) {
      pathAndQuery = rest[slash] == "/" ? String(rest[slash...]) : "/" + rest[slash...]
    } else {
      pathAndQuery = "/"
    }
  }

  /// Whether the sockets live there.
  var isSocket: Bool {
    guard pathAndQuery.hasPrefix("/socket.io") else { return false }
    let rest = pathAndQuery.utf8.dropFirst("/socket.io".utf8.count)
    return rest.isEmpty || rest.first == UInt8(ascii: "?") || rest.elementsEqual("/".utf8)
      || rest.starts(with: "/?".utf8)
  }

  /// The query's members; the first of a name counts. The sockets' parameters need no unescaping.
  var query: [Substring: Substring] {
    guard let mark = pathAndQuery.firstIndex(of: "?") else { return [:] }
    var found: [Substring: Substring] = [:]
    for member in pathAndQuery[pathAndQuery.index(after: mark)...].split(separator: "&").prefix(32) {
      let parts = member.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if found[parts[0]] == nil { found[parts[0]] = parts.count > 1 ? parts[1] : "" }
    }
    return found
  }

  /// The request as the rest of Ward sees it; nil for a method that is no token.
  func request(_ head: HTTPRequestHead, body: ByteBuffer, isSecure: Bool) -> Request? {
    guard let method = HTTPRequest.Method(head.method.rawValue) else { return nil }
    let request = HTTPRequest(
      method: method, scheme: isSecure ? "https" : "http", authority: head.headers.first(name: "host"),
      path: pathAndQuery, headerFields: HTTPFields(head.headers, splitCookie: false))
    return Request(head: request, body: RequestBody(buffer: body))
  }
}
