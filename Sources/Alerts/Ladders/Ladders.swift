import Operations

extension Registry {
  /// One line for each operation of ladders.
  mutating func registerLadders() {
    register(ListLadders.self)
    register(CreateLadder.self)
    register(UpdateLadder.self)
    register(DeleteLadder.self)
    register(DryRunLadder.self)
    register(ShowReadiness.self)
  }
}
