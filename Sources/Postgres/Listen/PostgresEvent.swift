/// What a listener hears.
package enum PostgresEvent: Sendable, Equatable {
  /// Listening has begun or begun again; what was notified before may have been missed.
  case up
  /// The connection is gone; nothing is heard until the next `up`.
  case down
  case notification(channel: String, payload: String)
}
