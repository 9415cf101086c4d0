import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix
import Notifications
import Synchronization

/// Requests to addresses that a tenant chose, or the platform: 5 s to connect, no redirects, answers up to 64 KiB, and a
/// time for all of it, from the name's look-up to the answer's last byte.
///
/// A name is looked up once, the address is judged, and the connection goes to that address and no other: a name that
/// leads elsewhere a moment later leads nowhere. Certificates are checked against the name.
enum GuardedRequests {
  typealias LookUp = @Sendable (_ name: String, _ port: Int) throws -> SocketAddress

  /// Names of a tenant's are looked up on threads of their own, since whoever answers for a name may take his time.
  private static let tenantThreads = started(32)

  /// Where tenants' names lead; `allowsPrivate` lets requests into the house's own network and to this machine.
  static func ofTenants(allowsPrivate: Bool, lookUp: @escaping LookUp = lookUp) -> OutsideCalls {
    calls(allowsPrivate: allowsPrivate, on: tenantThreads, lookUp)
  }

  /// The platform's own settings lead everywhere. Connections are kept for the next message: a thousand people are not to
  /// wait for a thousand handshakes.
  static func ofPlatform(over client: HTTPClient) -> OutsideCalls {
    OutsideCalls { request throws(OutsideCalls.Trouble) in
      guard OutsideURL(request.url) != nil else { throw .badAddress }
      return try await perform(
        request, over: client, until: .now() + .seconds(request.timeoutSeconds), tries: 2
      ).get()
    }
  }

  private static func started(_ count: Int) -> NIOThreadPool {
    let threads = NIOThreadPool(numberOfThreads: count)
    threads.start()
    return threads
  }

  private static func calls(
    allowsPrivate: Bool, on threads: NIOThreadPool, _ lookUp: @escaping LookUp
  ) -> OutsideCalls {
    OutsideCalls { request throws(OutsideCalls.Trouble) in
      guard let url = OutsideURL(request.url) else { throw .badAddress }
      let deadline = NIODeadline.now() + .seconds(request.timeoutSeconds)
      let address = try await resolve(url, until: deadline, on: threads, lookUp)
      guard allowsPrivate || address.ipAddress.flatMap(AddressRange.bytes(of:)).map(PublicAddress.includes) ?? false
      else {
        throw .privateAddress
      }
      return try await perform(request, name: url.host, at: address, until: deadline)
    }
  }

  /// The first address of a name.
  static let lookUp: LookUp = { try SocketAddress.makeAddressResolvingHost($0, port: $1) }

  /// On a thread that may wait for it, for no longer than the request may.
  private static func resolve(
    _ url: OutsideURL, until deadline: NIODeadline, on threads: NIOThreadPool, _ lookUp: @escaping LookUp
  ) async throws(OutsideCalls.Trouble) -> SocketAddress {
    let found: Result<SocketAddress, OutsideCalls.Trouble> = await first(until: deadline) { answer in
      threads.submit { state in
        guard case .active = state, let address = try? lookUp(url.host, url.port) else {
          return answer(.failure(.unreachable))
        }
        answer(.success(address))
      }
    }
    return try found.get()
  }

  /// What comes first: an answer or the end of the time.
  private static func first<Value: Sendable>(
    until deadline: NIODeadline,
    _ begin: (@escaping @Sendable (Result<Value, OutsideCalls.Trouble>) -> Void) -> Void
  ) async -> Result<Value, OutsideCalls.Trouble> {
    await withCheckedContinuation { continuation in
      let once = Once(continuation)
      let expiry = MultiThreadedEventLoopGroup.singleton.any().scheduleTask(deadline: deadline) {
        once.answer(.failure(.timeout))
      }
      begin { result in
        expiry.cancel()
        once.answer(result)
      }
    }
  }

  /// A client of its own for each request, since the address is part of its configuration.
  private static func perform(
    _ request: OutsideCalls.Request, name: String, at address: SocketAddress, until deadline: NIODeadline
  ) async throws(OutsideCalls.Trouble) -> OutsideCalls.Answer {
    var configuration = HTTPClient.Configuration()
    configuration.redirectConfiguration = .disallow
    configuration.timeout = .init(connect: .seconds(5), read: .seconds(request.timeoutSeconds))
    configuration.connectionPool.retryConnectionEstablishment = false
    if let ip = address.ipAddress, ip != name { configuration.dnsOverride = [name: ip] }
    let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    let outcome = await perform(request, over: client, until: deadline, tries: 1)
    do { try await client.shutdown() } catch { throw .unreachable }
    return try outcome.get()
  }

  private static func perform(
    _ request: OutsideCalls.Request, over client: HTTPClient, until deadline: NIODeadline, tries: Int
  ) async -> Result<OutsideCalls.Answer, OutsideCalls.Trouble> {
    // The client's own deadline is over with the answer's head; its body may take no longer either.
    let work = Task { await answer(request, client, until: deadline, tries: tries) }
    let outcome: Result<OutsideCalls.Answer, OutsideCalls.Trouble> = await first(until: deadline) { answer in
      _ = Task { answer(await work.value) }
    }
    work.cancel()
    return outcome
  }

  /// `tries` 2: a kept connection that the other side closed just then is not the end; the request has the same key again.
  private static func answer(
    _ request: OutsideCalls.Request, _ client: HTTPClient, until deadline: NIODeadline, tries: Int
  ) async -> Result<OutsideCalls.Answer, OutsideCalls.Trouble> {
    var asked = HTTPClientRequest(url: request.url)
    asked.method = HTTPMethod(rawValue: request.method)
    for (name, value) in request.headers.sorted(by: { $0.key < $1.key }) { asked.headers.add(name: name, value: value) }
    if !request.body.isEmpty { asked.body = .bytes(ByteBuffer(bytes: request.body)) }
    do {
      let answer = try await client.execute(asked, deadline: deadline)
      let bytes = try await answer.body.collect(upTo: request.largestAnswer)
      return .success(.init(status: Int(answer.status.code), body: Array(bytes.readableBytesView)))
    } catch is NIOTooManyBytesError {
      return .failure(.tooLarge)
    } catch let error as HTTPClientError where error == .remoteConnectionClosed && tries > 1 {
      return await answer(request, client, until: deadline, tries: tries - 1)
    } catch let error as HTTPClientError {
      let late: [HTTPClientError] = [.deadlineExceeded, .readTimeout, .connectTimeout]
      return .failure(late.contains(error) ? .timeout : .unreachable)
    } catch {
      return .failure(.unreachable)
    }
  }
}

/// Somebody who waits and is told once, by whoever is first.
private final class Once<Value: Sendable>: Sendable {
  private let waiting: Mutex<CheckedContinuation<Value, Never>?>

  init(_ continuation: CheckedContinuation<Value, Never>) { waiting = Mutex(continuation) }

  func answer(_ value: Value) {
    let continuation = waiting.withLock { waiting in
      defer { waiting = nil }
      return waiting
    }
    continuation?.resume(returning: value)
  }
}
