import Core
import HTTPTypes
import NIOCore
package import Operations

/// Addresses that services and links outside know and that are no operations; the gateway knows nothing of what they
/// are about. Each takes GET and POST below its prefix.
package struct OutsidePages: Sendable {
  package struct Request: Sendable {
    package let isPost: Bool
    /// What follows the prefix.
    package let rest: String
    /// Without the `?`.
    package let query: String
    package let header: @Sendable (String) -> String?
    package let body: [UInt8]
    package let origin: RequestOrigin
  }

  package struct Answer: Sendable {
    package let status: Int
    package let type: String
    package let body: String

    package init(status: Int, type: String, body: String) {
      self.status = status
      self.type = type
      self.body = body
    }
  }

  package typealias Page = @Sendable (Request) async throws -> Answer

  private let pages: [String: Page]

  package init(_ pages: [String: Page] = [:]) { self.pages = pages }

  /// These and more of another part.
  package func with(_ more: [String: Page]) -> OutsidePages { OutsidePages(pages.merging(more) { first, _ in first }) }

  /// Nil for an address that is none of them.
  func reply(_ exchange: Exchange) async throws(Failure) -> Reply? {
    guard let (prefix, page) = pages.first(where: { exchange.path.hasPrefix($0.key) }) else { return nil }
    let isPost = exchange.method == .post
    guard isPost || exchange.method == .get || exchange.method == .head else {
      return Responses.failure(
        Failure(.methodNotAllowed, "This address takes GET and POST."), [.allow: "GET, HEAD, POST"])
    }
    let headers = exchange.headers
    let request = Request(
      isPost: isPost, rest: String(exchange.path.dropFirst(prefix.count)), query: String(exchange.query),
      header: { name in HTTPField.Name(name).flatMap { headers[$0] } }, body: Array(exchange.body.readableBytesView),
      origin: exchange.origin)
    do {
      let answer = try await page(request)
      return Responses.text(
        .init(integerLiteral: answer.status), ByteBuffer(string: answer.body), type: answer.type)
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(.unavailable, "This cannot be done just now.", retryAfterSeconds: 2)
    }
  }
}
