package import Operations

extension Registry {
  /// One line for each operation of patients.
  package mutating func registerPatients() {
    register(CreatePatient.self)
    register(GetPatient.self)
    register(SearchPatients.self)
  }
}
