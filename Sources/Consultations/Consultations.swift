package import Operations

extension Registry {
  /// One line for each operation of consultations.
  package mutating func registerConsultations() {
  }
}
