import Operations

extension Registry {
  /// One line for each operation of hours and free times.
  mutating func registerAvailability() {
    register(SetHours.self)
    register(GetHours.self)
    register(AddException.self)
    register(RemoveException.self)
    register(ListExceptions.self)
    register(GetSlots.self)
    register(CheckAvailability.self)
    register(GetOverview.self)
    register(GetPreferences.self)
    register(SetPreferences.self)
    register(GetOwnPreferences.self)
    register(SetOwnPreferences.self)
    register(GetAlternatives.self)
    register(CreateFeed.self)
    register(DeleteFeed.self)
    register(CreateSeries.self)
    register(GetSeries.self)
    register(UpdateSeries.self)
    register(CancelSeries.self)
  }
}
