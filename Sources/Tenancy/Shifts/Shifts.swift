import Operations

extension Registry {
  /// One line for each operation of planned shifts.
  mutating func registerShifts() {
    register(ListShifts.self)
    register(CreateShift.self)
    register(UpdateShift.self)
    register(DeleteShift.self)
    register(GetShiftSchedule.self)
    register(SetShiftSchedule.self)
  }
}
