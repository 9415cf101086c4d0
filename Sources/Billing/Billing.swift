package import Operations

extension Registry {
  /// One line for each operation of billing.
  package mutating func registerBilling() {
  }
}
