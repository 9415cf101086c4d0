package import Operations

extension Registry {
  /// One line for each operation of scheduling.
  package mutating func registerScheduling() {
  }
}
