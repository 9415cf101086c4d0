import AsyncHTTPClient
import Dispatch
import NIOCore
import Notifications
import Testing

@testable import App

@Suite struct GuardedRequestsTests {
  private func trouble(_ calls: OutsideCalls, _ url: String, seconds: Int64 = 1) async -> OutsideCalls.Trouble? {
    var request = OutsideCalls.Request(url)
    request.timeoutSeconds = seconds
    do throws(OutsideCalls.Trouble) {
      _ = try await calls.send(request)
      return nil
    } catch {
      return error
    }
  }

  @Test(
    "152: a name that is never looked up to the end costs its time and no more, and holds up no request of the platform"
  )
  func slowNames() async throws {
    let client = OutsideRequests.client()
    let released = DispatchSemaphore(value: 0)
    let calls = GuardedRequests.ofTenants(allowsPrivate: false) { _, _ in
      released.wait()
      return try SocketAddress(ipAddress: "127.0.0.1", port: 9)
    }
    let count = 100
    await withTaskGroup(of: OutsideCalls.Trouble?.self) { group in
      for _ in 0..<count { group.addTask { await trouble(calls, "https://slow.example/") } }
      // Refused at the connection: so it was looked up.
      #expect(
        await trouble(GuardedRequests.ofPlatform(over: client), "http://localhost:9/", seconds: 60) == .unreachable)
      for await each in group { #expect(each == .timeout) }
    }
    for _ in 0..<count { released.signal() }
    try await client.shutdown()
  }

  @Test("152: names that lead into the house, however they are written, and addresses that are none are asked nothing")
  func privatePlaces() async {
    let calls = GuardedRequests.ofTenants(allowsPrivate: false)
    for url in [
      "http://127.0.0.1:9/", "http://2130706433/", "http://0x7f.1/", "http://0177.0.0.1/", "http://[::1]/", "http://0/",
      "http://[::ffff:127.0.0.1]/", "http://[::ffff:a9fe:a9fe]/", "http://169.254.169.254/", "http://localhost/",
      "http://[fe80::1]/", "http://[fd00::1]/", "http://[64:ff9b::7f00:1]/", "http://0.0.0.0/", "http://127.1/",
    ] {
      #expect(await trouble(calls, url, seconds: 10) == .privateAddress, "\(url)")
    }
    for url in ["http://h.example:99999/", "http://a%2eexample/", "ftp://h.example", "http+unix://%2Ftmp%2Fx/"] {
      #expect(await trouble(calls, url) == .badAddress, "\(url)")
    }
  }
}
