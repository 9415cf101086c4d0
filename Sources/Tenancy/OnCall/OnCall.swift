import Operations

extension Registry {
  /// One line for each operation of schedules on call.
  mutating func registerOnCall() {
    register(ListOnCallSchedules.self)
    register(GetOnCallSchedule.self)
    register(CreateOnCallSchedule.self)
    register(UpdateOnCallSchedule.self)
    register(DeleteOnCallSchedule.self)
    register(AddOverride.self)
    register(RemoveOverride.self)
    register(ShowOnCallCalendar.self)
    register(ShowOnCallGaps.self)
    register(ShowCurrentOnCall.self)
  }
}
