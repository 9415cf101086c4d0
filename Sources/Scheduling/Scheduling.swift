package import Jobs
package import Operations

extension Registry {
  /// One line for each operation of scheduling.
  package mutating func registerScheduling(_ terms: BookingTerms) {
    register(CreateAppointment.self)
    register(BookOwnAppointment.self, with: terms)
    register(GetAppointment.self)
    register(ListAppointments.self)
    register(ListOwnAppointments.self)
    register(CancelAppointment.self)
    register(CancelOwnAppointment.self)
    register(ConfirmAppointment.self)
    register(CheckInAppointment.self)
    register(StartAppointment.self)
    register(CompleteAppointment.self)
    register(MissAppointment.self)
    register(MoveAppointment.self)
    register(ShowAppointmentHistory.self)
    register(ListResources.self)
    register(CreateResource.self)
    register(UpdateResource.self)
    register(ListServices.self)
    register(PerformServiceOperation.self)
    registerAvailability()
  }
}

/// What scheduling does after a commit, or at a time: one line for each.
package enum SchedulingJobs {
  package static let handlers: [JobHandler] =
    ServiceWork.handlers + [
      AppointmentExpiry.handler,
      AvailabilityOverview.handler,
    ]
}
