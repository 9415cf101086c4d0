package import Operations

extension Registry {
  /// One line for each operation of messages; kept letters are shown in development only.
  package mutating func registerNotifications(isDevelopment: Bool) {
    if isDevelopment { register(ShowOutbox.self) }
  }
}
