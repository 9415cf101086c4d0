import Testing

@testable import Cache

@Suite struct RedisAddressTests {
  @Test("359: an address names host, port, number, user and password, or a socket")
  func read() throws {
    let whole = try #require(RedisAddress("redis://ward:s%20cret@cache.local:6390/3"))
    #expect(whole.place == .host("cache.local", port: 6390) && whole.database == 3)
    #expect(whole.user == "ward" && whole.password == "s cret")
    let short = try #require(RedisAddress("redis://127.0.0.1"))
    #expect(short.place == .host("127.0.0.1", port: 6379) && short.database == 0 && short.password == nil)
    #expect(RedisAddress("unix:///run/redis.sock")?.place == .socket("/run/redis.sock"))
  }

  @Test(
    "359: what is no address of a Redis without TLS is refused",
    arguments: [
      "", "redis://", "rediss://host", "http://host", "redis://host:0", "redis://host:70000", "redis://host/x",
      "redis://host?db=1", "unix://", "unix:///" + String(repeating: "a", count: 120), "127.0.0.1:6379",
    ])
  func refused(text: String) { #expect(RedisAddress(text) == nil) }
}
