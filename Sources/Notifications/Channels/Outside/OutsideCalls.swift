/// Requests to services outside, over HTTP: no redirects, answers of at most 64 KiB.
package struct OutsideCalls: Sendable {
  package struct Request: Sendable, Equatable {
    package var method = "POST"
    package let url: String
    package var headers: [String: String]
    package var body: [UInt8]
    /// Until the whole answer is there.
    package var timeoutSeconds: Int64 = 10
    /// In bytes.
    package var largestAnswer = 64 * 1024

    package init(_ url: String, headers: [String: String] = [:], body: [UInt8] = []) {
      self.url = url
      self.headers = headers
      self.body = body
    }
  }

  package struct Answer: Sendable, Equatable {
    package let status: Int
    package let body: [UInt8]

    package init(status: Int, body: [UInt8]) {
      self.status = status
      self.body = body
    }
  }

  /// Why there is no answer; words of ours, since they are kept and shown.
  package enum Trouble: String, Error, Sendable {
    /// The address lies in the house's own network, where a tenant's settings must not lead.
    case privateAddress = "private_address"
    case badAddress = "bad_address"
    case unreachable
    case timeout
    case tooLarge = "answer_too_large"
  }

  package typealias Send = @Sendable (Request) async throws(Trouble) -> Answer
  package let send: Send

  package init(send: @escaping Send) { self.send = send }
}
