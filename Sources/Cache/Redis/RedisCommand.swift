/// One command with its arguments as bytes.
package struct RedisCommand: Sendable {
  let arguments: [[UInt8]]

  package init(_ arguments: [[UInt8]]) { self.arguments = arguments }

  package init(_ words: String...) { arguments = words.map { Array($0.utf8) } }

  package static let ping = RedisCommand("PING")

  package static func get(_ key: String) -> RedisCommand { RedisCommand("GET", key) }

  /// Keeps a value for at most this long; Redis forgets it by itself.
  package static func set(_ key: String, _ value: [UInt8], milliseconds: Int64) -> RedisCommand {
    RedisCommand([
      Array("SET".utf8), Array(key.utf8), value, Array("PX".utf8), Array(String(max(1, milliseconds)).utf8),
    ])
  }

  package static func delete(_ keys: [String]) -> RedisCommand {
    RedisCommand((["UNLINK"] + keys).map { Array($0.utf8) })
  }

  /// A script of Lua, which Redis runs as one step: nobody else's command comes in between.
  package static func evaluate(_ script: String, keys: [String], _ values: [String]) -> RedisCommand {
    RedisCommand((["EVAL", script, String(keys.count)] + keys + values).map { Array($0.utf8) })
  }
}

/// What Redis answers to one command.
package enum RedisValue: Sendable, Equatable {
  case null
  case integer(Int64)
  case bytes([UInt8])
  case array([RedisValue])
  /// Redis refused the command: a word such as `OOM`, and what it says.
  case refusal(String)

  package var integer: Int64? { if case .integer(let number) = self { number } else { nil } }
  package var bytes: [UInt8]? { if case .bytes(let bytes) = self { bytes } else { nil } }
  package var array: [RedisValue]? { if case .array(let values) = self { values } else { nil } }
  package var refusal: String? { if case .refusal(let text) = self { text } else { nil } }

  /// A Redis that is full or still loads answers in time; everything else that it refuses is trouble.
  var isTrouble: Bool { refusal.map { !$0.hasPrefix("OOM") && !$0.hasPrefix("NOSCRIPT") } ?? false }
}

/// Why Redis did not answer; never with a key or a value.
package enum RedisError: Error, Sendable, Equatable {
  /// No connection could be made, with the system's reason.
  case notConnected(String)
  case connectionLost
  /// No answer in time: a slow Redis is as good as none.
  case timedOut
  /// The breaker is open: Redis failed several times in a row and is not asked for a moment.
  case unavailable
  /// Every connection is busy.
  case busy
  case refused(String)
  case unreadable
  case closed
}
