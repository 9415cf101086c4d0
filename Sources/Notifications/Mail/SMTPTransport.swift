import CCurl
package import Core
import NIOPosix
import Synchronization

/// Hands letters to a mail server through libcurl, on threads of its own: a server that hangs holds up nothing else.
///
/// 10 s to connect, 20 s in all. STARTTLS when the server offers it, certificates checked. Each thread keeps its
/// connection for the next letter, for a minute at most.
package final class SMTPTransport: Sendable {
  private let server: SMTPServer
  private let from: EmailAddress
  private let threads: NIOThreadPool
  private let clients = SMTPClients()
  private static let isReady = ward_start_curl() == 0

  package init(server: SMTPServer, from: EmailAddress, threads count: Int = 4) {
    self.server = server
    self.from = from
    threads = NIOThreadPool(numberOfThreads: count)
    threads.start()
  }

  package func close() async throws {
    try await threads.shutdownGracefully()
    clients.close()
  }

  /// Returns when the server has taken the letter; throws ``SMTPTrouble`` when not.
  package func send(_ letter: Letter) async throws {
    let bytes = letter.bytes(from: from)
    let trouble = try await threads.runIfActive { [server, from, clients] () -> SMTPTrouble? in
      guard Self.isReady else { return SMTPTrouble(code: -1, reply: 0) }
      let first = clients.perform { Self.perform($0, server, from: from, to: letter.to, bytes) }
      guard let trouble = first.trouble else { return nil }
      // The server had closed the kept connection: nothing is known about the server yet.
      guard !first.isFresh, trouble.isHangUp else { return trouble }
      return clients.perform { Self.perform($0, server, from: from, to: letter.to, bytes) }.trouble
    }
    if let trouble { throw trouble }
  }

  private static func perform(
    _ client: UnsafeMutableRawPointer, _ server: SMTPServer, from: EmailAddress, to: EmailAddress, _ bytes: [UInt8]
  ) -> SMTPClients.Outcome {
    var reply = 0
    var isFresh: Int32 = 0
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
                return ward_send_letter(client, &letter, &reply, &isFresh)
              }
            }
          }
        }
      }
    }
    return SMTPClients.Outcome(
      trouble: code == 0 ? nil : SMTPTrouble(code: code, reply: reply), isFresh: isFresh != 0)
  }

  private static func withOptional<R>(_ text: String?, _ body: (UnsafePointer<CChar>?) -> R) -> R {
    guard let text else { return body(nil) }
    return text.withCString { body($0) }
  }
}

/// Why a letter was not taken: libcurl's code and the server's last reply, 0 where it said nothing.
package struct SMTPTrouble: Error, Sendable, Equatable {
  package let code: Int32
  package let reply: Int

  /// The server knows the address and will have none of it, whenever it is asked.
  package var isFinal: Bool { (550...553).contains(reply) }
  /// The connection was closed: nothing came back (52), sending or receiving failed (55, 56), or 421 said so.
  fileprivate var isHangUp: Bool { reply == 421 || reply == 0 && [52, 55, 56].contains(code) }
  /// A word for the log of deliveries.
  package var reason: String { reply == 0 ? "mail_server_silent" : "mail_server_\(reply)" }
  package var text: String { "smtp: curl \(code), reply \(reply)" }
}

/// The idle clients, each with its connection; as many as there are threads.
private final class SMTPClients: Sendable {
  struct Outcome: Sendable {
    let trouble: SMTPTrouble?
    let isFresh: Bool
  }

  /// Addresses, since a pointer may not be shared: a client is in here or in the hands of one thread.
  private let idle = Mutex<[UInt]>([])

  func perform(_ body: (UnsafeMutableRawPointer) -> Outcome) -> Outcome {
    let kept = idle.withLock { $0.popLast() }.flatMap { UnsafeMutableRawPointer(bitPattern: $0) }
    guard let client = kept ?? ward_open_post() else {
      return Outcome(trouble: SMTPTrouble(code: 27, reply: 0), isFresh: true)
    }
    let outcome = body(client)
    if outcome.trouble == nil {
      idle.withLock { $0.append(UInt(bitPattern: client)) }
    } else {
      // In whatever state the talk broke off, nobody goes on with it.
      ward_close_post(client)
    }
    return outcome
  }

  func close() {
    let rest = idle.withLock { clients in
      defer { clients = [] }
      return clients
    }
    for each in rest { if let client = UnsafeMutableRawPointer(bitPattern: each) { ward_close_post(client) } }
  }
}
