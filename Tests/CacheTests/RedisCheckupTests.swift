import Testing

@testable import Cache

@Suite struct RedisCheckupTests {
  @Test("359: the version is found in what Redis tells of itself")
  func version() {
    #expect(RedisCheckup.version(in: "# Server\r\nredis_version:7.0.15\r\nredis_git_sha1:0\r\n") == "7.0.15")
    #expect(RedisCheckup.version(in: "") == nil)
  }
}
