import CCurl
package import Core
import Jobs
import NIOPosix

/// Hands letters to a mail server through libcurl, on threads of its own: a server that hangs holds up nothing else.
///
/// 10 s to connect, 20 s in all. STARTTLS when the server offers it, certificates checked.
package final class SMTPTransport: Sendable {
  private let server: SMTPServer
  private let from: EmailAddress
  private let threads: NIOThreadPool
  private static let isReady = ward_start_curl() == 0

  package init(server: SMTPServer, from: EmailAddress, threads count: Int = 4) {
    self.server = server
    self.from = from
    threads = NIOThreadPool(numberOfThreads: count)
    threads.start()
  }

  package func close() async throws { try await threads.shutdownGracefully() }

  /// Returns when the server has taken the letter; throws ``JobTrouble`` when not.
  package func send(_ letter: Letter) async throws {
    let bytes = letter.bytes(from: from)
    let (code, reply) = try await threads.runIfActive { [server, from] in
      Self.perform(server, from: from, to: letter.to, bytes)
    }
    guard code != 0 else { return }
    // The server knows the address and will have none of it, whenever it is asked.
    throw JobTrouble("smtp: curl \(code), reply \(reply)", isFinal: (550...553).contains(reply))
  }

  private static func perform(
    _ server: SMTPServer, from: EmailAddress, to: EmailAddress, _ bytes: [UInt8]
  ) -> (code: Int32, reply: Int) {
    guard isReady else { return (-1, 0) }
    var reply = 0
    let code = server.url.withCString { url in
      from.text.withCString { from in
        to.text.withCString { to in
          bytes.withUnsafeBufferPointer { bytes in
            withOptional(server.user) { user in
              withOptional(server.password) { password in
                var letter = ward_letter(
                  url: url, user: user, password: password, from: from, to: to, bytes: bytes.baseAddress,
                  count: bytes.count, sent: 0, requires_tls: server.requiresTLS ? 1 : 0, connect_timeout_seconds: 10,
                  timeout_seconds: 20)
                return ward_send_letter(&letter, &reply)
              }
            }
          }
        }
      }
    }
    return (code, reply)
  }

  private static func withOptional<R>(_ text: String?, _ body: (UnsafePointer<CChar>?) -> R) -> R {
    guard let text else { return body(nil) }
    return text.withCString { body($0) }
  }
}
