/// One look at Redis from outside a running Ward: whether it takes a connection and a password, and which version it is.
package enum RedisCheckup {
  /// The version; nil where this user may not ask for it.
  package static func look(at settings: RedisSettings) async throws(RedisError) -> String? {
    let connection = try await RedisConnection.open(settings.address, timeout: settings.connectTimeout)
    do throws(RedisError) {
      let answers = try await connection.run(
        [.ping, RedisCommand("INFO", "server")], until: .now + settings.connectTimeout)
      await connection.close()
      if let refusal = answers.first?.refusal { throw RedisError.refused(String(refusal.prefix(100))) }
      let told = answers.last?.bytes.flatMap { String(validating: $0, as: UTF8.self) } ?? ""
      return version(in: told)
    } catch {
      await connection.close()
      throw error
    }
  }

  /// The value of `redis_version:` in what INFO answers.
  static func version(in told: String) -> String? {
    let line = told.split(whereSeparator: \.isNewline).first { $0.hasPrefix("redis_version:") }
    return line.map { String($0.dropFirst("redis_version:".count)) }
  }
}

extension RedisError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notConnected(let reason): "cannot connect to Redis: \(reason)"
    case .connectionLost: "the connection to Redis broke"
    case .timedOut: "Redis did not answer in time"
    case .unavailable: "Redis failed several times and is not asked for a moment"
    case .busy: "every connection to Redis is busy"
    case .refused(let reason): "Redis refused: \(reason)"
    case .unreadable: "what Redis answered cannot be read"
    case .closed: "the connections to Redis are closed"
    }
  }
}
