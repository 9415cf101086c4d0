@testable import App
import HTTPTypes
import Testing

@Suite struct SettingsTests {
  private func problems(_ values: [String: String]) -> [String] {
    do throws(SettingsError) {
      _ = try Settings(environment: values)
      return []
    } catch {
      return error.problems
    }
  }

  @Test("329: every wrong setting is named at once, a line each")
  func wrong() {
    let found = problems([
      "WARD_ENVIRONMENT": "prod", "WARD_NONSENSE": "1", "WARD_DATABASE_POOL_MAXIMUM": "0", "WARD_RATE_LIMITS": "maybe",
      "WARD_TRUSTED_PROXIES": "10.0.0.0/8,nonsense", "WARD_PUBLIC_URL": "::", "PATH": "/bin",
    ])
    #expect(found.count == 6)
    #expect(found.contains("WARD_NONSENSE is not a setting of Ward."))
  }

  @Test("production refuses the development secret and switched-off limits")
  func production() {
    #expect(problems(["WARD_ENVIRONMENT": "production"]).count == 1)
    let secret = String(repeating: "s", count: 32)
    #expect(problems(["WARD_ENVIRONMENT": "production", "WARD_SECRET_KEY": secret]).isEmpty)
    #expect(
      problems(["WARD_ENVIRONMENT": "production", "WARD_SECRET_KEY": secret, "WARD_RATE_LIMITS": "off"]).count == 1)
    #expect(problems(["WARD_ENVIRONMENT": "production", "WARD_SECRET_KEY": secret, "WARD_NOTICES": "off"]).count == 1)
  }

  @Test("the service for video visits has an application and a secret that is long enough, which is not told")
  func video() throws {
    let secret = String(repeating: "k", count: 32)
    let good = ["WARD_VIDEO_URL": "jitsi://app:\(secret)@meet.example.org"]
    #expect(try Settings(environment: good).video.service != nil)
    for wrong in [
      "", "meet.example.org", "https://app:\(secret)@meet.example.org", "jitsi://\(secret)@meet.example.org",
      "jitsi://app:short@meet.example.org", "jitsi://app:\(secret)@", "jitsi://app:\(secret)@meet.example.org/path",
      "jitsi://app:\(secret)@meet.example.org:70000",
    ] {
      let found = problems(["WARD_VIDEO_URL": wrong])
      #expect(found.count == 1 && found[0].hasPrefix("WARD_VIDEO_URL ") && !found[0].contains(secret), "\(wrong)")
    }
  }

  @Test("the self-watch is on unless it is switched off; its interval is from 1 to 300 s")
  func watch() throws {
    #expect(try Settings(environment: [:]).watch.isOn)
    #expect(try Settings(environment: ["WARD_WATCH": "off"]).watch.isOn == false)
    #expect(try Settings(environment: ["WARD_WATCH_SECONDS": "5"]).watch.intervalSeconds == 5)
    #expect(problems(["WARD_WATCH": "maybe", "WARD_WATCH_SECONDS": "301"]).count == 2)
  }

  @Test("what is over is kept for the days that are set, and not for ever")
  func retention() throws {
    #expect(try Settings(environment: [:]).retention.notificationDays == 90)
    #expect(try Settings(environment: ["WARD_KEEP_MESSAGES_DAYS": "400"]).retention.messageDays == 400)
    #expect(problems(["WARD_KEEP_MESSAGES_DAYS": "29", "WARD_KEEP_NOTIFICATIONS_DAYS": "for ever"]).count == 2)
  }

  @Test("283: the pool is 2 to 10 in development and 5 to 25 in production, unless set")
  func pool() throws {
    #expect(try Settings(environment: [:]).database.poolMaximum == 10)
    let production = try Settings(
      environment: ["WARD_ENVIRONMENT": "production", "WARD_SECRET_KEY": String(repeating: "s", count: 32)])
    #expect(production.database.poolMinimum == 5)
    #expect(production.database.poolMaximum == 25)
    let set = try Settings(environment: ["WARD_DATABASE_POOL_MINIMUM": "3", "WARD_DATABASE_POOL_MAXIMUM": "4"])
    #expect(set.database.poolMinimum == 3)
  }

  @Test("an address range holds what its bits say")
  func ranges() throws {
    let private10 = try #require(AddressRange("10.0.0.0/9"))
    #expect(private10.contains("10.127.255.255"))
    #expect(!private10.contains("10.128.0.0"))
    #expect(!private10.contains("::1"))
    #expect(try #require(AddressRange("2001:db8::/33")).contains("2001:db8:7fff::1"))
    #expect(try #require(AddressRange("127.0.0.1")).contains("127.0.0.1"))
    for text in ["", "10.0.0.0/33", "10.0.0", "a", "10.0.0.0/x", "::/129"] { #expect(AddressRange(text) == nil) }
  }

  @Test("246: behind trusted proxies the client is the last address that is none of them")
  func clients() throws {
    let address = ClientAddress(trusted: [try #require(AddressRange("10.0.0.0/8"))])
    #expect(address("10.0.0.1", [.xForwardedFor: "6.6.6.6, 5.5.5.5, 10.0.0.2"]) == "5.5.5.5")
    #expect(address("9.9.9.9", [.xForwardedFor: "5.5.5.5"]) == "9.9.9.9")
    #expect(address("10.0.0.1", [.xForwardedFor: "nonsense"]) == "10.0.0.1")
    #expect(address("10.0.0.1", [:]) == "10.0.0.1")
    #expect(address("10.0.0.1", [.forwarded: "for=6.6.6.6, for=\"5.5.5.5:99\";proto=https, for=10.0.0.2"]) == "5.5.5.5")
    #expect(address("10.0.0.1", [.forwarded: "For=\"[2001:db8::1]:4711\""]) == "2001:db8::1")
    #expect(address("10.0.0.1", [.forwarded: "for=unknown"]) == "10.0.0.1")
    // The proxy wrote one of them and passed on what the client made up.
    #expect(address("10.0.0.1", [.xForwardedFor: "5.5.5.5", .forwarded: "for=6.6.6.6"]) == "10.0.0.1")
    #expect(address("10.0.0.1", [.xForwardedFor: "5.5.5.5", .forwarded: "for=5.5.5.5"]) == "5.5.5.5")
  }
}

extension HTTPField.Name {
  fileprivate static var forwarded: HTTPField.Name {
    guard let name = HTTPField.Name("Forwarded") else { preconditionFailure("a token") }
    return name
  }

  fileprivate static var xForwardedFor: HTTPField.Name {
    guard let name = HTTPField.Name("X-Forwarded-For") else { preconditionFailure("a token") }
    return name
  }
}
