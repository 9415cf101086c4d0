import Cache
import Core

/// The counts of all nodes as Redis adds them up: one script for all windows of a call, which nobody interrupts.
///
/// A window carries its own end, by the one clock; Redis' expiry only tidies up behind it.
struct RedisCounts: Sendable {
  /// Keys are windows; for each three values: the end of one that begins now, calls to add, and the floor. First of all
  /// the time. Answers each window's count and end.
  private static let script = """
    local now = tonumber(ARGV[1])
    local answer = {}
    for i, key in ipairs(KEYS) do
      local place = 3 * i - 1
      local held = redis.call('HMGET', key, 'count', 'ends')
      local count, ends = tonumber(held[1] or '0'), tonumber(held[2] or '0')
      if ends <= now then
        count = 0
        ends = tonumber(ARGV[place])
      end
      count = math.max(count, tonumber(ARGV[place + 2])) + tonumber(ARGV[place + 1])
      redis.call('HSET', key, 'count', string.format('%.0f', count), 'ends', string.format('%.0f', ends))
      redis.call('PEXPIRE', key, math.ceil((ends - now) / 1000) + 1000)
      answer[2 * i - 1] = string.format('%.0f', count)
      answer[2 * i] = string.format('%.0f', ends)
    end
    return answer
    """

  let redis: RedisPool

  func add(_ tallies: [SharedCounts.Tally], at now: Timestamp) async throws -> [String: SharedCounts.Total] {
    let values = tallies.flatMap { tally in
      [now.adding(seconds: Int64(tally.seconds)).microseconds, Int64(tally.added), Int64(tally.floor)].map(String.init)
    }
    let answer = try await redis.run(
      .evaluate(Self.script, keys: tallies.map { Self.key($0.key) }, [String(now.microseconds)] + values))
    guard let told = answer.array, told.count == 2 * tallies.count else {
      throw RedisError.refused(answer.refusal.map { String($0.prefix(40)) } ?? "no counts")
    }
    var totals: [String: SharedCounts.Total] = [:]
    for (index, tally) in tallies.enumerated() {
      guard let count = Self.number(told[2 * index]), let end = Self.number(told[2 * index + 1]) else {
        throw RedisError.unreadable
      }
      totals[tally.key] = .init(count: Int(count), endsAt: Timestamp(microseconds: end))
    }
    return totals
  }

  private static func key(_ window: String) -> String { "ward:{limits}:\(window)" }

  private static func number(_ value: RedisValue) -> Int64? {
    value.bytes.flatMap { Int64(String(decoding: $0, as: UTF8.self)) }
  }
}
